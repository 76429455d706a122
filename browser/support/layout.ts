import { expect, type Page } from '@playwright/test';

/** The narrowest phone the pages are made for; also what 400 % zoom leaves of a desktop, near enough. */
export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1280, height: 800 };

export type Theme = 'light' | 'dark';
export const THEMES: readonly Theme[] = ['light', 'dark'];

/** Draws the page in each theme and hands it over; leaves it in the light one. */
export async function eachTheme(page: Page, look: (theme: Theme) => Promise<void>): Promise<void> {
  for (const theme of THEMES) {
    await setTheme(page, theme);
    await look(theme);
  }
  await setTheme(page, 'light');
}

/** Asks for a theme the way the visitor's system does. */
export async function setTheme(page: Page, theme: Theme): Promise<void> {
  // Without motion: colours on their way from one theme to the other are neither of them.
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
}

/** Fails when the page itself scrolls sideways; a wide table may, inside its own frame. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(content, `${page.url()} is wider than its window`).toBeLessThanOrEqual(window ?? 0);
}
