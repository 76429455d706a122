import { expect, type Page } from '@playwright/test';
import { account, type Account } from './accounts.ts';

/** Signs in through the form, as a person does, and waits until the way out is on the page. */
export async function signIn(page: Page, who: Account | string): Promise<void> {
  const { login, password } = typeof who === 'string' ? account(who) : who;
  await page.goto('/sign-in');
  await page.getByLabel('Логин').fill(login);
  await page.getByLabel('Пароль').fill(password);
  await page.getByRole('button', { name: 'Войти' }).click();
  await expect(page.getByRole('button', { name: 'Выйти', includeHidden: true })).toBeAttached();
}
