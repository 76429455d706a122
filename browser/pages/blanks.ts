import type { Locator, Page } from '@playwright/test';

/** The blanks of a class that were asked for and not printed yet. */
export interface Blanks {
  /** The page of the class. */
  path: string;
  count: number;
}

/** The button of the open class that prints them. */
export function printing(page: Page): Locator {
  return page.getByRole('button', { name: /Напечатать бланки/ });
}

/** Asks for every consent that is missing and returns the classes with blanks to print, the fewest first. */
export async function blanksByClass(page: Page): Promise<[Blanks, ...Blanks[]]> {
  await page.goto('/consents/asking');
  const ask = page.getByRole('button', { name: /Запросить у всех/ });
  if ((await ask.count()) > 0) {
    await ask.click();
  }
  await page.goto('/consents');
  const classes = page.getByRole('main').locator('a[href^="/consents/classes/"]');
  const paths = await classes.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  const found: Blanks[] = [];
  for (const path of new Set(paths)) {
    await page.goto(path);
    const label = (await printing(page).count()) > 0 ? await printing(page).innerText() : '';
    const count = Number(/\((\d+)\)/.exec(label)?.[1] ?? 0);
    if (count > 0) {
      found.push({ path, count });
    }
  }
  const [first, ...others] = found.toSorted((one, other) => one.count - other.count);
  if (first === undefined) {
    throw new Error('no class of the invented school has blanks to print');
  }
  return [first, ...others];
}
