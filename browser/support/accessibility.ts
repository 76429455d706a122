import type { Page } from '@playwright/test';
import axe, { type AxeResults, type Result, type RunOptions } from 'axe-core';

const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The rules that see colours: a theme changes nothing for the others. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** What is asked of a page: everything, or what another theme may have changed. */
export type Rules = 'all' | 'colours';

/**
 * Fails when axe finds a serious or critical violation of WCAG 2.2 AA, and prints each rule with its elements.
 *
 * axe goes in as a script of the test, not of the page, so the page's Content-Security-Policy stays in force.
 */
export async function expectAccessible(page: Page, what: string = page.url(), rules: Rules = 'all'): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    await page.evaluate(axe.source);
  }
  const options: RunOptions = {
    runOnly: rules === 'all' ? { type: 'tag', values: LEVELS } : { type: 'rule', values: OF_COLOURS },
    // What passed is only counted: describing every element of a long page costs more than looking at it.
    resultTypes: ['violations'],
  };
  const results = await page.evaluate<AxeResults, RunOptions>((wanted) => {
    const { axe: inPage } = globalThis as unknown as { axe: typeof axe };
    return inPage.run(document, wanted);
  }, options);
  if (results.passes.length === 0) {
    throw new Error(`axe checked nothing on ${what}: is the page empty?`);
  }
  const grave = results.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  if (grave.length > 0) {
    throw new Error(`${what} is not accessible:\n${grave.map(describe).join('\n')}`);
  }
}

function describe({ id, impact, help, helpUrl, nodes }: Result): string {
  const elements = nodes.map(({ target, html, failureSummary }) => {
    const reason = (failureSummary ?? '').replaceAll(/\s+/g, ' ');
    return `    ${target.join(' ')}\n      ${html}\n      ${reason}`;
  });
  return `  ${id} (${impact}): ${help} ${helpUrl}\n${elements.join('\n')}`;
}
