import { expect, type Page } from '@playwright/test';
import { RoadMap } from './road-map.ts';

/** Returns the addresses of the visitor's menu. */
export async function menuOf(page: Page): Promise<string[]> {
  await page.goto('/');
  const links = page.getByRole('navigation', { name: 'Главное меню' }).getByRole('link');
  const paths = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  expect(paths.length, 'pages in the menu').toBeGreaterThan(4);
  return paths;
}

/** Pages that the menu does not name and everybody who signs in may open. */
export const BESIDE_THE_MENU = [
  '/roadmap?state=overdue&state=cancelled',
  '/roadmap?q=нет+такого',
  '/roadmap?year=2025',
  '/roadmap/timeline',
  '/roadmap/calendar',
  '/roadmap/print',
  '/search?q=согласия',
  '/search?q=нет+такого+слова',
  '/account/password',
  '/account/second-factor',
  '/account/sessions',
  '/about/components',
];

/** Pages of papers and evidence that the menu does not name: the coordinator's alone. */
export const OF_THE_COORDINATOR = [
  '/roadmap/evidence',
  '/papers/new',
  '/papers/new/introduction-order',
  '/papers/new/assignment-order',
  '/papers/new/certificate',
  '/papers/kinds/certificate',
  '/papers/journals',
  '/papers/journals/orders',
  '/papers/wordings',
  '/papers/wordings/thanks-letter',
  '/papers/scans',
];

/** Pages about one person that only links of the person's card name. */
export async function aboutAPerson(page: Page): Promise<string[]> {
  await page.goto('/people');
  const people = page.getByRole('main').locator('a[href^="/people/0"]');
  const card = (await people.first().getAttribute('href')) ?? '';
  return [card, `${card}/readers`, `${card}/record`, `${card}/erasure`, '/people/erasures'];
}

/** Pages on which the coordinator decides or types; each belongs to a row. */
export async function formsOfRows(page: Page): Promise<string[]> {
  const map = new RoadMap(page);
  const doubtful = (await map.openRow('4.4')).path();
  const counted = (await map.openRow('1.1')).path();
  const byGroups = (await map.openRow('1.5')).path();
  const withDocument = await map.openRow('1.3');
  const document = await withDocument.documents.locator('a[href*="/documents/"]').first().getAttribute('href');
  return [
    doubtful,
    counted,
    byGroups,
    withDocument.path(),
    `${doubtful}/edit`,
    `${doubtful}/confirmation`,
    `${doubtful}/cancellation`,
    `${doubtful}/readings/events.parents_reached`,
    `${byGroups}/readings/training.sessions_per_group`,
    (document ?? '').replace(/versions.*$/, 'removal'),
    '/roadmap/import',
    '/years/new',
  ];
}

/** Addresses that end in an error, with the status each must have. */
export const ERRORS: readonly [path: string, status: number][] = [
  ['/net-takoy-stranitsy', 404],
  ['/roadmap/rows/00000000-0000-7000-8000-000000000000', 404],
  ['/journal', 403],
];
