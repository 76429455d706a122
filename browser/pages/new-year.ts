import { expect, type Page } from '@playwright/test';

/** The four steps in which a school year is prepared. */
export class NewYear {
  constructor(private readonly page: Page) {}

  /** Takes the built-in road map; the draft is on the screen afterwards. */
  async takeTemplate(): Promise<void> {
    await this.page.goto('/years');
    await this.page.getByRole('link', { name: 'Начать учебный год' }).click();
    await this.page.getByRole('radio', { name: /^Готовый шаблон/ }).check();
    await this.page.getByRole('button', { name: 'Продолжить' }).click();
    await expect(this.page.getByRole('heading', { level: 1, name: /^Сроки и цели/ })).toBeVisible();
  }

  /** Gives a post to somebody and goes on. */
  async namePost(post: string, person: RegExp): Promise<void> {
    await this.page.getByRole('link', { name: 'Дальше: ответственные' }).click();
    const list = this.page.getByLabel(post);
    const option = await list.getByRole('option').filter({ hasText: person }).first().getAttribute('value');
    await list.selectOption(option);
    await this.page.getByRole('button', { name: 'Сохранить и дальше' }).click();
  }

  async start(): Promise<void> {
    await this.page.getByRole('main').getByRole('button', { name: /^Начать/ }).click();
  }
}
