import { expect, type Page } from '@playwright/test';
import { account, type Account } from './accounts.ts';

/** Signs in through the form, as a person does, and waits until the way out is on the page. */
export async function signIn(page: Page, who: Account | string): Promise<void> {
  await giveThePassword(page, typeof who === 'string' ? account(who) : who);
  await expect(wayOut(page)).toBeAttached();
}

/** Gives login and password, whatever comes after them. */
export async function giveThePassword(page: Page, { login, password }: Account): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Логин').fill(login);
  await page.getByLabel('Пароль').fill(password);
  await page.getByRole('button', { name: 'Войти' }).click();
}

/** Signs out and lets somebody else sit down at the same computer. */
export async function hand(page: Page, to: Account | string): Promise<void> {
  await page.locator('.person > summary').click();
  await wayOut(page).click();
  await expect(page.getByRole('heading', { name: 'Вход' })).toBeVisible();
  await signIn(page, to);
}

/** The button stands in a closed part of the page. */
function wayOut(page: Page) {
  return page.getByRole('button', { name: 'Выйти', includeHidden: true });
}
