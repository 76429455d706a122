import { expect, type Locator, type Page } from '@playwright/test';
import { Row } from './row.ts';

/** The road map as a list. */
export class RoadMap {
  constructor(private readonly page: Page) {}

  async open(query = ''): Promise<void> {
    await this.page.goto(`/roadmap${query}`);
    await expect(this.page.getByRole('heading', { level: 1, name: /^Дорожная карта/ })).toBeVisible();
  }

  /** The links to rows, one for each. */
  get rows(): Locator {
    return this.page.getByRole('main').locator('a[href^="/roadmap/rows/"]');
  }

  /** Opens the row with a number. */
  async openRow(number: string): Promise<Row> {
    await this.open();
    await this.rows.filter({ hasText: new RegExp(`^\\s*${number.replace('.', '\\.')} `) }).click();
    const row = new Row(this.page);
    await expect(row.heading).toContainText(`${number} `);
    return row;
  }

  /** Chooses a mark of the filter and asks for it. */
  async filter(mark: string): Promise<void> {
    await this.page.getByRole('checkbox', { name: mark }).check();
    await this.page.getByRole('button', { name: 'Показать', exact: true }).click();
  }
}
