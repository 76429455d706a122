import { expect, type Locator, type Page } from '@playwright/test';

/** A file as it is chosen in a form. */
export type Paper = { name: string; mimeType: string; buffer: Buffer };

/** Returns a short text file. */
export function paper(name: string, text: string): Paper {
  return { name, mimeType: 'text/plain', buffer: Buffer.from(text) };
}

/** The page of a row. */
export class Row {
  constructor(private readonly page: Page) {}

  get heading(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  get main(): Locator {
    return this.page.getByRole('main');
  }

  /** Returns the path of the row. */
  path(): string {
    return new URL(this.page.url()).pathname;
  }

  /** Enters a number for the indicator with a title. */
  async enter(indicator: string, number: string, source: string): Promise<void> {
    await this.main.getByRole('region', { name: indicator }).getByRole('link', { name: 'Внести число' }).click();
    await this.page.getByLabel(/^Сколько (?!всего)/).fill(number);
    await this.page.getByLabel(/^Источник/).fill(source);
    await this.page.getByRole('button', { name: 'Записать число' }).click();
  }

  async addDocument(title: string, file: Paper): Promise<void> {
    const form = await this.unfolded('Добавить документ');
    await form.getByLabel('Название').fill(title);
    await form.getByLabel(/^Файл/).setInputFiles(file);
    await form.getByRole('button', { name: 'Добавить документ' }).click();
  }

  /** The documents of the row, one item each. */
  get documents(): Locator {
    return this.main.locator('.card, section').filter({ has: this.page.getByRole('heading', { name: 'Документы' }) }).last();
  }

  async replaceDocument(title: string, file: Paper): Promise<void> {
    const form = await this.unfolded('Заменить новой версией');
    await form.getByLabel(/^Новая версия/).setInputFiles(file);
    await form.getByRole('button', { name: 'Заменить' }).click();
    await expect(this.documents).toContainText(title);
  }

  async addNote(text: string): Promise<void> {
    const form = await this.unfolded('Добавить заметку');
    await form.getByRole('textbox').fill(text);
    await form.getByRole('button', { name: 'Добавить заметку' }).click();
  }

  /** Confirms today; a reason is written when the page asks for one. */
  async confirm(reason = ''): Promise<void> {
    await this.main.getByRole('link', { name: 'Подтвердить выполнение' }).click();
    if (reason !== '') {
      await this.page.getByLabel(/^Почему/).fill(reason);
    }
    await this.page.getByRole('button', { name: 'Подтвердить выполнение' }).click();
  }

  /** Opens a closed part of the page by its words and returns it. */
  async unfolded(words: string): Promise<Locator> {
    const part = this.main.locator('details').filter({ has: this.page.locator('summary', { hasText: words }) }).first();
    if ((await part.getAttribute('open')) === null) {
      await part.locator('summary').first().click();
    }
    await expect(part).toHaveAttribute('open', /.*/);
    return part;
  }
}
