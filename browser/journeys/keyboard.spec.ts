import { account } from '../support/accounts.ts';
import { RoadMap } from '../pages/road-map.ts';
import { signIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';
import type { Page } from '@playwright/test';

test('the first stop of the keyboard leads past the menu', async ({ page }) => {
  await signIn(page, 'coordinator');
  await page.goto('/roadmap');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'К содержанию страницы' })).toBeFocused();
  await expect(page.getByRole('link', { name: 'К содержанию страницы' })).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.locator('#main')).toBeFocused();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.querySelector('#main')?.contains(document.activeElement))).toBe(true);
});

test('the menu is reached and walked with the keyboard', async ({ page }) => {
  await signIn(page, 'coordinator');
  await page.goto('/');
  const link = page.getByRole('navigation', { name: 'Главное меню' }).getByRole('link', { name: 'Дорожная карта' });
  await tabTo(page, async () => link.evaluate((element) => element === document.activeElement));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/roadmap$/);
});

test('a person signs in and writes a search with the keyboard alone', async ({ page }) => {
  const { login, password } = account('coordinator');
  await page.goto('/sign-in');
  await tabTo(page, () => page.getByLabel('Логин').evaluate((element) => element === document.activeElement));
  await page.keyboard.type(login);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: /^Обзор/ })).toBeVisible();
  await tabTo(page, () => page.getByRole('searchbox').first().evaluate((element) => element === document.activeElement));
  await page.keyboard.type('согласия');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/search\?q=/);
});

test('a folded form of a row is opened and filled in with the keyboard', async ({ page }) => {
  await signIn(page, 'coordinator');
  const row = await new RoadMap(page).openRow('4.4');
  const summary = page.locator('summary', { hasText: 'Добавить заметку' });
  await tabTo(page, () => summary.evaluate((element) => element === document.activeElement));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type('черновик заметки');
  await expect(row.main.locator('details', { has: summary }).getByRole('textbox')).toHaveValue('черновик заметки');
});

/** Presses Tab until something has the focus; fails after as many stops as no page has. */
async function tabTo(page: Page, reached: () => Promise<boolean>): Promise<void> {
  for (let stops = 0; stops < 200; stops += 1) {
    if (await reached()) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard never gets there on ${page.url()}`);
}
