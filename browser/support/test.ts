import { expect, test as base, type BrowserContext } from '@playwright/test';

/**
 * The test of this project: Playwright's, on a page that is watched.
 *
 * A script error, a line in the console (a broken Content-Security-Policy speaks there) or a request to another
 * server fails the journey it happened in, whatever the journey was looking at.
 */
export const test = base.extend<{ complaints: string[]; guests: string[] }>({
  /** Other servers a journey leads to on purpose. */
  guests: [[], { option: true }],
  complaints: [
    async ({ context, baseURL, guests }, use) => {
      const complaints = watch(context, new URL(baseURL ?? '').origin, guests);
      await use(complaints);
      expect(complaints, 'what the pages complained about').toEqual([]);
    },
    { auto: true },
  ],
});

/**
 * The same for a visitor whose browser runs no scripts.
 *
 * axe waits for timers, which do not run here either: `expectAccessible` belongs in a journey with scripts. Chromium
 * leaves `<noscript>` undrawn when scripts are switched off this way.
 */
export const withoutJavaScript = test.extend({ javaScriptEnabled: false });

export { expect };

function watch(context: BrowserContext, home: string, guests: string[]): string[] {
  const complaints: string[] = [];
  context.on('weberror', (error) => complaints.push(`script error: ${error.error().message}`));
  context.on('console', (message) => {
    // The browser reports every refusal (404, 422 …) as an error; a journey that provokes one looks at the page.
    const refusal = message.text().startsWith('Failed to load resource: the server responded with a status of 4');
    if (['error', 'warning'].includes(message.type()) && !refusal) {
      complaints.push(`console: ${message.text()}`);
    }
  });
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (['http:', 'https:'].includes(protocol) && origin !== home && !guests.includes(origin)) {
      complaints.push(`request to another server: ${request.url()}`);
    }
  });
  return complaints;
}
