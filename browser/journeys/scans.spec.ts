import type { Page } from '@playwright/test';
import { type Blanks, blanksByClass, printing } from '../pages/blanks.ts';
import { downloaded } from '../support/downloads.ts';
import { journey } from '../support/journey.ts';
import { signIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

// A class is printed, and every sheet of it read again.
test.describe.configure({ timeout: 180_000 });

journey('the blanks of a class and a photo of an order come home as one stack and are signed', async ({ page }) => {
  await signIn(page, 'coordinator');
  const main = page.getByRole('main');
  const blanks = await printedBlanks(page);
  const order = await printedOrder(page);

  await page.goto('/papers/scans');
  await page.getByLabel(/Сканы или фото/).setInputFiles([
    { name: 'Класс.pdf', mimeType: 'application/pdf', buffer: blanks.pile },
    { name: 'Приказ.png', mimeType: 'image/png', buffer: order.photo },
  ]);
  await page.getByRole('button', { name: 'Загрузить и прочитать' }).click();
  await page.getByRole('link', { name: 'Открыть результат' }).click({ timeout: 120_000 });
  await expect(main).toContainText(`Готово к раскладке: ${blanks.count + 1}`);

  await page.getByRole('button', { name: 'Разложить и отметить подписанными' }).click();
  await expect(main).toContainText('Отметьте, что подписи на листах есть');
  await page.getByLabel(/Подписи на отмеченных листах есть/).check();
  await page.getByRole('button', { name: 'Разложить и отметить подписанными' }).click();
  await expect(main).toContainText('Сканы разобраны');

  await page.goto(order.path);
  await expect(main).toContainText('Состояние');
  await expect(main).toContainText('Подписанный экземпляр приложен');
  const copy = await downloaded(page, page.getByRole('link', { name: 'Скачать скан' }));
  expect(copy.subarray(0, 4).toString()).toBe('%PDF');
  await page.goto(blanks.path);
  await expect(main).toContainText('подписано');
  await page.goto('/papers');
  await expect(main).not.toContainText('Разобрать сканы');
});

/** Prints the blanks of the class that has the fewest. */
async function printedBlanks(page: Page): Promise<Blanks & { pile: Buffer }> {
  const [fewest] = await blanksByClass(page);
  await page.goto(fewest.path);
  return { ...fewest, pile: await downloaded(page, printing(page)) };
}

/** Makes an order, prints it and takes a picture of it, as a telephone does of the sheet. */
async function printedOrder(page: Page): Promise<{ path: string; photo: Buffer }> {
  await page.goto('/papers/new/accessibility-act');
  await page.getByRole('button', { name: 'Составить' }).click();
  await expect(page.getByRole('main')).toContainText('черновик');
  const path = new URL(page.url()).pathname;
  await downloaded(page, page.getByRole('main').getByRole('button', { name: 'Напечатать' }));
  await page.goto(path);
  await expect(page.getByRole('main')).toContainText('Документ напечатан');
  const sheet = page.locator('.paper-code');
  // A sheet of paper has more dots than a screen.
  await sheet.evaluate((code) => {
    (code as HTMLElement).style.zoom = '4';
  });
  return { path, photo: await sheet.screenshot() };
}
