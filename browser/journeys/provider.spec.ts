import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { account } from '../support/accounts.ts';
import { openOwnSchool } from '../support/own-school.ts';
import { openProvider, type ProviderProcess } from '../support/provider.ts';
import { signIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

const NAME = 'Рябина ID';

/** A school whose people may sign in through a provider, which is another site to the browser. */
const hosted = test.extend<{ hosted: { address: string; issuer: string } }>({
  // Playwright reads the names of the fixtures it needs out of the braces: none here.
  hosted: async ({}, use) => {
    let provider: ProviderProcess | undefined;
    const school = await openOwnSchool('demo', async (address, folder) => {
      provider = await openProvider(NAME, address, folder);
      return provider.keys;
    });
    await use({ address: school.address, issuer: provider?.issuer ?? '' });
    await school.close();
    provider?.close();
  },
  baseURL: ({ hosted }, use) => use(hosted.address),
  guests: ({ hosted }, use) => use([hosted.issuer]),
});

async function linkedAndBack(page: Page): Promise<void> {
  await signIn(page, 'head');
  await page.goto('/account/sessions');
  await page.getByRole('link', { name: `Вход через ${NAME}` }).click();
  await page.getByLabel(/^Пароль/).fill(account('head').password);
  await page.getByRole('button', { name: 'Продолжить' }).click();
  await page.getByRole('link', { name: `Перейти к ${NAME}` }).click();
  await atTheProvider(page);
  await expect(page.getByRole('main')).toContainText(`Теперь можно входить через ${NAME}`);

  await page.context().clearCookies();
  await page.goto('/sign-in?next=%2Froadmap');
  await page.getByRole('link', { name: `Войти через ${NAME}` }).click();
  await atTheProvider(page);
  await expect(page).toHaveURL(/\/roadmap$/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Дорожная карта');
}

async function atTheProvider(page: Page): Promise<void> {
  await page.getByLabel('Имя').fill('berezina');
  await page.getByRole('button', { name: 'Подтвердить' }).click();
}

hosted('a head links an account elsewhere and signs in through it', async ({ page }) => {
  await page.goto('/sign-in');
  await expectAccessible(page);
  await linkedAndBack(page);
  await page.goto('/account/provider');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Отвязать' }).click();
  await expect(page.getByRole('main')).toContainText('Отвязано');
});

hosted.extend({ javaScriptEnabled: false })(
  'a head links an account elsewhere and signs in through it; without JavaScript',
  async ({ page }) => linkedAndBack(page),
);
