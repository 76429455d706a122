import { expect, type Page } from '@playwright/test';

/** «Обзор»: how the year goes. */
export class Overview {
  constructor(private readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('/');
    await expect(this.page.getByRole('heading', { level: 1, name: /^Обзор/ })).toBeVisible();
  }

  /** Returns how many rows are done, as the sentence under the heading says. */
  async done(): Promise<number> {
    const sentence = await this.page.getByText(/^Выполнено \d+ из \d+ мероприяти/).first().innerText();
    return Number(/Выполнено (\d+)/.exec(sentence)?.[1]);
  }

  /** The list of what was done since yesterday. */
  get news() {
    return this.page.locator('section, .card').filter({ hasText: 'Изменилось со вчерашнего дня' }).last();
  }
}
