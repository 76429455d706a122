import { RoadMap } from '../pages/road-map.ts';
import { paper } from '../pages/row.ts';
import { downloaded } from '../support/downloads.ts';
import { journey } from '../support/journey.ts';
import { signIn } from '../support/sign-in.ts';
import { expect } from '../support/test.ts';

journey('a document is added, downloaded, replaced, and its first version stays', async ({ page }) => {
  await signIn(page, 'coordinator');
  const row = await new RoadMap(page).openRow('5.3');
  await row.addDocument('Положение о фестивале', paper('положение.txt', 'первая редакция'));
  const document = row.documents.filter({ hasText: 'Положение о фестивале' });
  await expect(document).toContainText('версия 1');
  expect((await downloaded(page, document.getByRole('link', { name: 'Скачать' }).first())).toString()).toBe('первая редакция');

  await row.replaceDocument('Положение о фестивале', paper('положение-2.txt', 'вторая редакция'));
  await expect(document).toContainText('версия 2');
  expect((await downloaded(page, document.getByRole('link', { name: 'Скачать' }).first())).toString()).toBe('вторая редакция');
  await row.unfolded('Прежние версии');
  const first = row.documents.locator('a[href$="/versions/1"]').first();
  expect((await downloaded(page, first)).toString()).toBe('первая редакция');
});

journey('a file of a kind that schools do not exchange is refused with a sentence', async ({ page }) => {
  await signIn(page, 'coordinator');
  const row = await new RoadMap(page).openRow('5.3');
  await row.addDocument('Программа', paper('setup.exe', 'MZ'));
  await expect(row.main).toContainText('Файлы вида «.exe» не принимаются');
});
