import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';

/** Clicks a link or a button that saves a file and returns its bytes. */
export async function downloaded(page: Page, link: Locator): Promise<Buffer> {
  const event = page.waitForEvent('download');
  await link.click();
  return readFile(await (await event).path());
}
