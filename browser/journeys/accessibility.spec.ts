import type { Page } from '@playwright/test';
import { aboutAPerson, BESIDE_THE_MENU, ERRORS, formsOfRows, menuOf, OF_THE_COORDINATOR } from '../pages/every-page.ts';
import { NewYear } from '../pages/new-year.ts';
import { RoadMap } from '../pages/road-map.ts';
import { expectAccessible } from '../support/accessibility.ts';
import { account } from '../support/accounts.ts';
import { changing, inEmptyProgram, unfold } from '../support/journey.ts';
import { DESKTOP, eachTheme, expectNoSidewaysScroll, PHONE } from '../support/layout.ts';
import { giveThePassword, signIn } from '../support/sign-in.ts';
import { codeOf } from '../support/telephone.ts';
import { expect, test } from '../support/test.ts';

/** What 200 % zoom leaves of a window of 1280 × 800. */
const ZOOMED = { width: 640, height: 400 };

/** A road map as it is copied out of a document. */
const PASTED = [
  '№\tМероприятие\tСроки\tОжидаемый результат\tОтветственный',
  '1\tФормирование базы наставляемых\tОктябрь\tБаза наставляемых\tКуратор программы',
  '2\tЗаключение соглашений\tкогда-нибудь\tСоглашения\tМетодист',
].join('\n');

// Twenty pages, each looked at in two sizes and two themes.
test.describe.configure({ timeout: 240_000 });

for (const role of ['administrator', 'inspector', 'coordinator']) {
  test(`every page of the menu can be used by everybody who signs in as ${role}`, async ({ page }) => {
    await signIn(page, role);
    await lookAtAll(page, await menuOf(page));
  });
}

test('pages beside the menu can be used by everybody', async ({ page }) => {
  await signIn(page, 'coordinator');
  await lookAtAll(page, BESIDE_THE_MENU);
});

test('pages of papers and evidence can be used by everybody', async ({ page }) => {
  await signIn(page, 'coordinator');
  await lookAtAll(page, OF_THE_COORDINATOR);
});

test('rows and their forms can be used by everybody', async ({ page }) => {
  await signIn(page, 'coordinator');
  await lookAtAll(page, await formsOfRows(page));
});

test('pages about a person can be used by everybody', async ({ page }) => {
  await signIn(page, 'coordinator');
  await lookAtAll(page, await aboutAPerson(page));
});

test('pages of accounts can be used by everybody', async ({ page }) => {
  await signIn(page, 'administrator');
  await page.goto('/users');
  const user = page.getByRole('main').locator('a[href^="/users/"]:not([href="/users/new"])').first();
  const path = (await user.getAttribute('href')) ?? '';
  await lookAtAll(page, ['/users/new', path, `${path}/link`, `${path}/second-factor`, '/users/second-factor', '/users?page=1']);
});

changing('ways in can be used by everybody', async ({ page }) => {
  await signIn(page, 'administrator');
  await page.goto('/account/second-factor');
  await page.getByRole('button', { name: 'Показать ключ' }).click();
  await look(page, 'the key of a second factor');
  await page.getByRole('textbox', { name: /^Код/ }).fill(codeOf(await page.locator('code.secret').innerText()));
  await page.getByRole('button', { name: 'Включить второй фактор' }).click();
  await look(page, 'codes for a lost telephone');
  await lookAtAll(page, ['/account/second-factor']);
  await page.goto('/users');
  await page.getByRole('main').locator('a[href^="/users/"]:not([href="/users/new"])').first().click();
  await page.getByRole('link', { name: 'Ссылка для входа' }).click();
  await page.getByRole('button', { name: 'Создать ссылку' }).click();
  await look(page, 'a link for signing in');
  const address = await page.locator('code.secret').innerText();
  await page.context().clearCookies();
  await lookAtAll(page, [address]);
  await giveThePassword(page, account('administrator'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Код для входа');
  await look(page, 'the code after the password');
});

test('error pages and refused forms can be used by everybody', async ({ page }) => {
  await signIn(page, 'coordinator');
  for (const [path, status] of ERRORS) {
    expect((await page.goto(path))?.status(), path).toBe(status);
    await look(page, path);
  }
  const row = await new RoadMap(page).openRow('4.4');
  await page.goto(`${row.path()}/confirmation`);
  await page.getByLabel(/^Дата/).fill('2020-01-01');
  await page.getByRole('button', { name: 'Подтвердить выполнение' }).click();
  await expect(page.getByRole('main')).toContainText('раньше начала учебного года');
  await look(page, 'a refused form');
});

changing('pages that prepare a year or take a road map over can be used by everybody', async ({ page }) => {
  await signIn(page, 'coordinator');
  await new NewYear(page).takeTemplate();
  const draft = new URL(page.url()).pathname;
  await lookAtAll(page, [draft, `${draft}/posts`, `${draft}/start`, `${draft}/removal`]);
  await page.goto('/roadmap/import');
  await unfold(page);
  await page.getByRole('main').locator('textarea').first().fill(PASTED);
  await page.getByRole('button', { name: 'Прочитать' }).click();
  await expect(page).toHaveURL(/\/roadmap\/imports\//);
  await look(page, 'the preview of an import');
});

changing('the answer to a stale form can be used by everybody', async ({ page }) => {
  await signIn(page, 'coordinator');
  const row = await new RoadMap(page).openRow('4.4');
  const edit = `${row.path()}/edit`;
  await page.goto(edit);
  const other = await page.context().newPage();
  await other.goto(edit);
  await other.getByLabel(/^Ожидаемый результат/).fill('Протокол');
  await other.getByRole('button', { name: 'Сохранить' }).click();
  await other.close();
  await page.getByLabel(/^Ожидаемый результат/).fill('Отчёт');
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect(page.getByRole('main')).toContainText('Отчёт');
  await look(page, 'a stale form');
});

test('a person who is not signed in yet can use the page', async ({ page }) => {
  await lookAtAll(page, ['/sign-in', '/about']);
});

inEmptyProgram('the first page of an empty program can be used by everybody', async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveURL(/first-run/);
  await look(page, 'the first run');
});

async function lookAtAll(page: Page, paths: string[]): Promise<void> {
  const complaints: string[] = [];
  for (const path of paths) {
    expect((await page.goto(path))?.status(), path).toBe(200);
    // One bad page must not hide the others.
    await look(page, path).catch((error: Error) => complaints.push(error.message));
  }
  expect(complaints.join('\n\n')).toBe('');
}

/** Looks at the page that is open: every theme on a desktop and on a phone, and what zoom leaves of a window. */
async function look(page: Page, what: string): Promise<void> {
  await unfold(page);
  for (const [name, size] of Object.entries({ desktop: DESKTOP, phone: PHONE, zoomed: ZOOMED })) {
    await page.setViewportSize(size);
    await expectNoSidewaysScroll(page);
    if (name !== 'zoomed') {
      await eachTheme(page, (theme) =>
        expectAccessible(page, `${what}, ${name}, ${theme}`, theme === 'light' ? 'all' : 'colours'),
      );
    }
  }
  await page.setViewportSize(DESKTOP);
}
