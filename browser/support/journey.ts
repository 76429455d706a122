import type { Page, PlaywrightTestArgs } from '@playwright/test';
import { openOwnSchool } from './own-school.ts';
import { test, withoutJavaScript } from './test.ts';

type Walk = (args: Pick<PlaywrightTestArgs, 'page' | 'request'>) => Promise<void>;

/** The test of a journey that changes something: on a school nobody else sees. */
export const changing = test.extend({ baseURL: own('demo') });
const changingWithoutJavaScript = withoutJavaScript.extend({ baseURL: own('demo') });

/** The test of a program in which there is no school yet. */
export const inEmptyProgram = test.extend({ baseURL: own('empty') });
const inEmptyProgramWithoutJavaScript = withoutJavaScript.extend({ baseURL: own('empty') });

/** Tells a journey twice, with scripts and without them, each time in a fresh school. */
export function journey(name: string, walk: Walk): void {
  changing(name, ({ page, request }) => walk({ page, request }));
  changingWithoutJavaScript(`${name}; without JavaScript`, ({ page, request }) => walk({ page, request }));
}

/** Tells a journey that begins in a program without a school, with scripts and without them. */
export function journeyFromNothing(name: string, walk: Walk): void {
  inEmptyProgram(name, ({ page, request }) => walk({ page, request }));
  inEmptyProgramWithoutJavaScript(`${name}; without JavaScript`, ({ page, request }) => walk({ page, request }));
}

/** Opens every closed part of the page, as a person who looks for something does. */
export async function unfold(page: Page): Promise<void> {
  await page.locator('main details').evaluateAll((parts) => {
    for (const part of parts) {
      (part as HTMLDetailsElement).open = true;
    }
  });
}

function own(kind: 'demo' | 'empty') {
  // Playwright reads the names of the fixtures it needs out of the braces: none here.
  return async ({}, use: (address: string) => Promise<void>): Promise<void> => {
    const school = await openOwnSchool(kind);
    await use(school.address);
    await school.close();
  };
}
