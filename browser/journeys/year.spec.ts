import { NewYear } from '../pages/new-year.ts';
import { Overview } from '../pages/overview.ts';
import { RoadMap } from '../pages/road-map.ts';
import { paper } from '../pages/row.ts';
import { journey } from '../support/journey.ts';
import { signIn } from '../support/sign-in.ts';
import { expect } from '../support/test.ts';

journey('the coordinator signs in and sees 31 rows, and those whose term ends this week', async ({ page }) => {
  await signIn(page, 'coordinator');
  const map = new RoadMap(page);
  await page.getByRole('navigation', { name: 'Главное меню' }).getByRole('link', { name: 'Дорожная карта' }).click();
  await expect(map.rows).toHaveCount(31);
  await map.filter('Срок на этой неделе');
  await expect(page).toHaveURL(/due=week/);
  await expect(map.rows).not.toHaveCount(31);
  expect(await map.rows.count()).toBeGreaterThan(0);
});

journey('the coordinator starts the next year from the template in four steps', async ({ page }) => {
  await signIn(page, 'coordinator');
  const year = new NewYear(page);
  await year.takeTemplate();
  await expect(new RoadMap(page).rows).toHaveCount(31);
  await year.namePost('Методист', /методист$/);
  await year.start();
  await expect(page.getByRole('main')).toContainText(/начат/i);
  await page.goto('/years');
  await expect(page.getByRole('cell', { name: 'идёт' })).toHaveCount(2);
});

journey('one click puts a mistaken term right', async ({ page }) => {
  await signIn(page, 'coordinator');
  const row = await new RoadMap(page).openRow('4.4');
  await expect(row.main).toContainText('после конца учебного года');
  await row.main.getByRole('button', { name: /^Исправить на «сентябрь \d{4}»$/ }).click();
  await expect(row.main).not.toContainText('Проверьте срок');
  await expect(row.heading).toContainText('4.4');
});

journey('a confirmed row changes the overview', async ({ page }) => {
  await signIn(page, 'coordinator');
  const overview = new Overview(page);
  await overview.open();
  const before = await overview.done();
  const row = await new RoadMap(page).openRow('2.4');
  await row.enter('Размещённые итоговые сборники', '1', 'Раздел сайта школы');
  await row.enter('Лучшие практики, направленные в РНЦ', '2', 'Письмо регионального центра');
  await row.addDocument('Итоговый сборник', paper('сборник.txt', 'Разделы сборника'));
  await row.confirm();
  await expect(row.main).toContainText('выполнено');
  await overview.open();
  expect(await overview.done()).toBe(before + 1);
  await expect(overview.news).toContainText('Выполнение подтверждено');
});
