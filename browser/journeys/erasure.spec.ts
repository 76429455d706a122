import { journey } from '../support/journey.ts';
import { signIn } from '../support/sign-in.ts';
import { expect } from '../support/test.ts';

journey('an act is saved first, then the same form erases the person', async ({ page }) => {
  await signIn(page, 'coordinator');
  await page.goto('/people');
  const main = page.getByRole('main');
  const person = await main.locator('a.row-link').first().getAttribute('href');
  await page.goto(`${person}/erasure`);
  const name = await main.locator('.lead').innerText();

  await main.getByLabel(/Требование человека/).check();
  await main.getByLabel('Пояснение').fill('Заявление законного представителя от 20.11.2026');
  const saved = page.waitForEvent('download');
  await main.getByRole('button', { name: 'Скачать акт, Word' }).click();
  expect((await saved).suggestedFilename()).toMatch(/^Акт об уничтожении № \d+\.docx$/);

  await main.getByLabel('Акт скачан и напечатан').check();
  await main.getByRole('button', { name: 'Уничтожить навсегда' }).click();
  await expect(main.getByRole('heading', { level: 1 })).toHaveText(/Акт № \d+/);
  await expect(main).not.toContainText(name);
});
