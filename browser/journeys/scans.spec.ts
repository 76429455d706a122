import { readFile } from 'node:fs/promises';
import { journey } from '../support/journey.ts';
import { signIn } from '../support/sign-in.ts';
import { expect } from '../support/test.ts';

journey('printed blanks come home as a stack and are signed by one confirmation', async ({ page }) => {
  await signIn(page, 'coordinator');
  await page.goto('/papers?kind=consent-participation&state=draft');
  const row = page.getByRole('row').filter({ has: page.getByRole('button', { name: 'Напечатать' }) }).first();
  const printed = page.waitForEvent('download');
  await row.getByRole('button', { name: 'Напечатать' }).click();
  const pile = await readFile(await (await printed).path());
  await page.goto('/papers/scans');
  await page.getByLabel(/Сканы или фото/).setInputFiles({ name: 'Стопка.pdf', mimeType: 'application/pdf', buffer: pile });
  await page.getByRole('button', { name: 'Загрузить и прочитать' }).click();
  await page.getByRole('link', { name: 'Открыть результат' }).click({ timeout: 60_000 });
  const main = page.getByRole('main');
  await expect(main).toContainText('Готово к раскладке: 1');
  await page.getByLabel(/Подписи на отмеченных листах есть/).check();
  await page.getByRole('button', { name: 'Разложить и отметить подписанными' }).click();
  await expect(main).toContainText('Сканы разобраны');
});
