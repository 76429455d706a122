import type { Page } from '@playwright/test';
import { account } from '../support/accounts.ts';
import { journey } from '../support/journey.ts';
import { giveThePassword, hand, signIn } from '../support/sign-in.ts';
import { codeOf } from '../support/telephone.ts';
import { expect } from '../support/test.ts';

const NEW_PASSWORD = 'три синих ведра в саду';

journey('a head switches the second factor on and signs in without the telephone', async ({ page }) => {
  await signIn(page, 'head');
  await page.goto('/account/second-factor');
  await page.getByRole('button', { name: 'Показать ключ' }).click();
  const key = await secrets(page).first().innerText();
  await page.getByRole('textbox', { name: /^Код/ }).fill(codeOf(key));
  await page.getByRole('button', { name: 'Включить второй фактор' }).click();
  await expect(page.getByRole('main')).toContainText('Резервные коды показаны один раз');
  const codes = await secrets(page).allInnerTexts();
  expect(codes).toHaveLength(10);

  await page.context().clearCookies();
  await giveThePassword(page, account('head'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Код для входа');
  await page.getByRole('textbox', { name: /^Код/ }).fill('000000');
  await page.getByRole('button', { name: 'Войти' }).click();
  await expect(page.getByRole('main')).toContainText('Код не подошёл');
  await page.getByRole('textbox', { name: /^Код/ }).fill(codes[0] ?? '');
  await page.getByRole('button', { name: 'Войти' }).click();
  await page.goto('/account/second-factor');
  await expect(page.getByRole('main')).toContainText('Осталось: 9 резервных кодов');
});

journey('a colleague sets the own password by a link and sees where the way in is open', async ({ page }) => {
  const { login } = account('head');
  await signIn(page, 'administrator');
  await page.goto(`/users?q=${login}`);
  await page.getByRole('main').locator('a[href^="/users/"]:not([href="/users/new"])').getByText(account('head').name).click();
  await page.getByRole('link', { name: 'Ссылка для входа' }).click();
  await page.getByRole('button', { name: 'Создать ссылку' }).click();
  const address = await secrets(page).innerText();

  await page.context().clearCookies();
  await page.goto(address);
  await page.getByLabel(/^Новый пароль(?! ещё)/).fill(NEW_PASSWORD);
  await page.getByLabel('Новый пароль ещё раз').fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Сохранить пароль и войти' }).click();
  await page.goto('/account/sessions');
  await expect(page.getByRole('main')).toContainText('только на этом устройстве');
  expect((await page.goto(address))?.status()).toBe(410);
  await page.goto('/');
  await hand(page, { ...account('head'), password: NEW_PASSWORD });
});

function secrets(page: Page) {
  return page.getByRole('main').locator('code.secret');
}
