import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { RoadMap } from '../pages/road-map.ts';
import { paper } from '../pages/row.ts';
import { journey } from '../support/journey.ts';
import { signIn } from '../support/sign-in.ts';
import { expect } from '../support/test.ts';
import { unzipped } from '../support/zip.ts';

journey('a folder of evidence is asked for, left, announced by the bell, saved and checked', async ({ page }) => {
  await signIn(page, 'coordinator');
  const row = await new RoadMap(page).openRow('5.3');
  await row.addDocument('Положение о фестивале', paper('положение.txt', 'Фестиваль — в мае'));
  await row.main.getByRole('link', { name: 'Папка доказательств' }).click();
  await expect(row.heading).toHaveText('Папка доказательств');
  await page.getByRole('button', { name: 'Собрать папку' }).click();
  await expect(row.heading).toContainText('Папка доказательств: 5.3');
  await expect(row.main).toContainText('Страницу можно закрыть');

  const bell = page.getByRole('link', { name: '1 задание закончено' });
  await expect(async () => {
    await page.goto('/');
    await expect(bell).toBeVisible({ timeout: 500 });
  }).toPass();
  await bell.click();
  await expect(row.heading).toHaveText('Мои задания');
  await row.main.getByRole('link', { name: 'Папка доказательств: 5.3' }).click();
  await expect(row.main).toContainText('готово');

  const saved = page.waitForEvent('download');
  await row.main.getByRole('link', { name: /^Скачать/ }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toMatch(/^Папка доказательств 5\.3 на \d{4}-\d\d-\d\d\.zip$/);
  const files = unzipped(await readFile(await download.path()));
  const places = [...files.keys()];
  expect(places).toContain('0 Оглавление.docx');
  expect(places).toContain('0 Оглавление.pdf');
  const document = places.find((place) => place.endsWith('/Положение о фестивале.txt')) ?? '';
  expect(files.get(document)?.toString('utf8')).toBe('Фестиваль — в мае');
  const sums = (files.get('SHA256SUMS.txt')?.toString('utf8') ?? '').trimEnd().split('\n');
  expect(sums).toHaveLength(files.size - 1);
  for (const line of sums) {
    const [sum, place] = [line.slice(0, 64), line.slice(66)];
    expect(createHash('sha256').update(files.get(place) ?? '').digest('hex'), place).toBe(sum);
  }

  await page.goto('/');
  await expect(bell).toHaveCount(0);
});
