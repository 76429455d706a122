import { blanksByClass, printing } from '../pages/blanks.ts';
import { downloaded } from '../support/downloads.ts';
import { journey } from '../support/journey.ts';
import { signIn } from '../support/sign-in.ts';
import { expect } from '../support/test.ts';

journey('an order is made of records, registered with the next number and kept as it is', async ({ page }) => {
  await signIn(page, 'coordinator');
  await page.goto('/papers/new');
  await page.getByRole('row', { name: /Распорядительный акт/ }).getByRole('link', { name: 'Составить по записям' }).click();
  await expect(page.getByRole('region', { name: /Предпросмотр/ })).toContainText('ПРИКАЗ');
  await page.getByRole('button', { name: 'Составить' }).click();
  await expect(page.getByRole('main')).toContainText('черновик');
  await page.getByRole('link', { name: 'Зарегистрировать' }).first().click();
  await page.getByRole('button', { name: 'Зарегистрировать' }).click();
  const main = page.getByRole('main');
  await expect(main).toContainText(/№ \d+-ОД/);
  await expect(main).toContainText('зарегистрирован');
  await expect(main.getByRole('link', { name: 'Изменить данные' })).toHaveCount(0);
  const pdf = await downloaded(page, main.getByRole('link', { name: 'PDF' }));
  expect(pdf.subarray(0, 4).toString()).toBe('%PDF');
});

journey('the blanks of a class are printed as one file', async ({ page }) => {
  await signIn(page, 'coordinator');
  const [{ path }] = await blanksByClass(page);
  await page.goto(path);
  const pdf = await downloaded(page, printing(page));
  expect(pdf.subarray(0, 4).toString()).toBe('%PDF');
  await page.goto(path);
  await expect(page.getByRole('main')).toContainText('напечатано');
});

journey('a wording is changed, a mistake is named with its place and the text comes back', async ({ page }) => {
  await signIn(page, 'coordinator');
  await page.goto('/papers/wordings/thanks-letter');
  const text = page.getByLabel('Текст документа');
  const before = await text.inputValue();
  await text.fill(`${before}\n\n{{ nobody }}\n`);
  await page.getByRole('button', { name: 'Сохранить', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText(/Строка \d+, столбец \d+/);
  await expect(text).toHaveValue(/\{\{ nobody \}\}/);
  await text.fill(`${before}\n\nСпасибо, {{ name }}!\n`);
  await page.getByRole('button', { name: 'Посмотреть', exact: true }).click();
  await expect(page.getByRole('region', { name: /Предпросмотр/ })).toContainText('Спасибо, ');
  await page.getByRole('button', { name: 'Сохранить', exact: true }).click();
  await expect(page.getByRole('main')).toContainText('текст школы');
  await page.getByRole('button', { name: 'Вернуть исходный текст' }).click();
  await expect(page.getByRole('main')).toContainText('Возвращён исходный текст');
  await expect(text).toHaveValue(before);
});
