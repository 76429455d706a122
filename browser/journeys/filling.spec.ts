import type { Locator, Page } from '@playwright/test';
import { journeyFromNothing } from '../support/journey.ts';
import { classFiles, staffFile } from '../support/lists.ts';
import { expect } from '../support/test.ts';

/** What a school may spend on filling its bases out of the files it has. */
const CLICKS_MAX = 10;

const PASSWORD = 'зелёный чайник у окна';

journeyFromNothing('an empty school has filled bases after ten clicks, and no name is typed', async ({ page }) => {
  const files = [...classFiles(), staffFile()];
  expect(files).toHaveLength(25);
  await foundSchool(page);

  const hand = new Hand(page);
  await hand.click(page.getByRole('link', { name: 'Загрузить списки' }));
  await hand.choose(page.getByLabel('Файлы со списками'), files);
  await hand.click(page.getByRole('button', { name: 'Прочитать' }));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Проверьте списки', { timeout: 20_000 });
  await expect(page.getByRole('main')).toContainText('25 файлов');
  await hand.click(page.getByRole('main').getByRole('button', { name: 'Загрузить', exact: true }));
  await expect(page.getByRole('main')).toContainText('Новых: 648');

  await hand.click(page.getByRole('link', { name: 'Пригласить обучающихся' }));
  await hand.click(page.getByRole('radio', { name: /^классный час/i }));
  await hand.click(page.getByRole('checkbox', { name: /^Сразу в базу/ }));
  await hand.click(page.getByRole('button', { name: 'Добавить' }));
  await hand.click(page.getByRole('link', { name: 'Пригласить педагогов' }));
  await hand.click(page.getByRole('button', { name: 'Добавить' }));
  expect(hand.clicks).toBeLessThanOrEqual(CLICKS_MAX);

  await page.goto('/participants/registers');
  await expect(page.getByRole('row', { name: /База наставляемых/ })).toContainText('600');
  await expect(page.getByRole('row', { name: /База наставников/ })).toContainText('40');
  await page.goto('/participants/registers/mentors');
  await expect(page.getByRole('main')).toContainText('Ясенева Вера Ильинична');
});

/** Clicks and chooses files, and counts; it cannot type. */
class Hand {
  clicks = 0;

  constructor(private readonly page: Page) {}

  async click(what: Locator): Promise<void> {
    this.clicks += 1;
    await what.click();
    await this.page.waitForLoadState();
  }

  /** Opens the window of files, in which all of them are marked at once: one click of the page. */
  async choose(field: Locator, files: Parameters<Locator['setInputFiles']>[0]): Promise<void> {
    this.clicks += 1;
    await field.setInputFiles(files);
  }
}

/** Fills in the page of the first run: whoever does it coordinates the programme. */
async function foundSchool(page: Page): Promise<void> {
  await page.goto('/');
  for (const [field, text] of [
    ['name', 'Муниципальное общеобразовательное учреждение «Школа № 7»'],
    ['short_name', 'Школа № 7'],
    ['address', 'г. Образцов, ул. Школьная, д. 1'],
    ['municipality', 'Образцовский район'],
    ['head_name', 'Осинина Вера Павловна'],
    ['full_name', 'Ольхова Анна Сергеевна'],
    ['login', 'olhova'],
    ['password', PASSWORD],
    ['again', PASSWORD],
  ] as const) {
    await page.locator(`[name="${field}"]`).fill(text);
  }
  await page.getByRole('button', { name: 'Создать школу и войти' }).click();
  await expect(page.getByRole('main')).toContainText('Людей пока нет');
}
