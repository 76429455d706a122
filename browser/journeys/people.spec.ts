import type { Page } from '@playwright/test';
import { RoadMap } from '../pages/road-map.ts';
import { journey } from '../support/journey.ts';
import { hand, signIn } from '../support/sign-in.ts';
import { expect } from '../support/test.ts';

/** What changes a row: links to forms, forms that send something, buttons. */
const WAYS_TO_CHANGE = 'a[href$="/confirmation"], a[href$="/edit"], a[href$="/cancellation"], form[method="post"]';

journey('the head accepts what the coordinator confirmed', async ({ page }) => {
  await signIn(page, 'coordinator');
  const row = await new RoadMap(page).openRow('5.2');
  await row.confirm('Сроки проверены на совещании при директоре');
  await expect(row.main).toContainText('Сроки проверены на совещании при директоре');
  const path = row.path();

  await hand(page, 'head');
  await expect(page.getByRole('main')).toContainText('5.2');
  await page.goto(path);
  await page.getByRole('button', { name: 'Принять выполнение' }).click();
  await expect(page.getByRole('main')).toContainText(/принято/i);
  await expect(page.getByRole('button', { name: 'Принять выполнение' })).toHaveCount(0);
});

journey('the inspector sees everything and changes nothing', async ({ page, request }) => {
  await signIn(page, 'inspector');
  const row = await new RoadMap(page).openRow('4.4');
  await expect(page.getByRole('main').locator(WAYS_TO_CHANGE)).toHaveCount(0);
  const path = row.path();
  for (const form of ['edit', 'confirmation', 'cancellation']) {
    expect((await page.goto(`${path}/${form}`))?.status(), form).toBe(403);
  }
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await posted(page, request, `${path}/notes`, { text: 'запись проверяющего' }), 'a note').toBe(403);
  await page.goto(path);
  await expect(page.getByRole('main')).not.toContainText('запись проверяющего');
});

journey('the class teacher works on the own rows and only looks at the others', async ({ page, request }) => {
  await signIn(page, 'class_teacher');
  const others = await new RoadMap(page).openRow('1.3');
  await expect(page.getByRole('main').locator(WAYS_TO_CHANGE)).toHaveCount(0);
  expect(await posted(page, request, `${others.path()}/notes`, { text: 'чужая заметка' }), 'a note').toBe(403);

  const own = await new RoadMap(page).openRow('2.1');
  await own.addNote('Материалы для 7А готовы');
  await expect(own.main).toContainText('Материалы для 7А готовы');
  await expect(own.main.getByRole('link', { name: 'Изменить', exact: true })).toHaveCount(0);
});

type Sender = Parameters<Parameters<typeof journey>[1]>[0]['request'];

/** Sends a form past the pages, with the cookies of whoever is signed in. */
async function posted(page: Page, request: Sender, path: string, form: Record<string, string>): Promise<number> {
  const cookies = await page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return (await request.post(path, { form, headers: { cookie } })).status();
}
