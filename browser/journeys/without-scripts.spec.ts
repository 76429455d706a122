import { aboutAPerson, BESIDE_THE_MENU, formsOfRows, menuOf, OF_THE_COORDINATOR } from '../pages/every-page.ts';
import { signIn } from '../support/sign-in.ts';
import { expect, withoutJavaScript } from '../support/test.ts';

// Sixty pages one after another.
withoutJavaScript.describe.configure({ timeout: 120_000 });

withoutJavaScript('every page shows what it is for without scripts', async ({ page }) => {
  for (const role of ['coordinator', 'administrator']) {
    await page.context().clearCookies();
    await signIn(page, role);
    const own = role === 'coordinator' ? [...OF_THE_COORDINATOR, ...(await aboutAPerson(page)), ...(await formsOfRows(page))] : [];
    for (const path of [...(await menuOf(page)), ...BESIDE_THE_MENU, ...own]) {
      expect((await page.goto(path))?.status(), path).toBe(200);
      await expect(page.getByRole('heading', { level: 1 }), path).toBeVisible();
      const words = await page.getByRole('main').innerText();
      expect(words.length, `words on ${path}`).toBeGreaterThan(80);
      expect(words, path).not.toMatch(/javascript/i);
    }
  }
});
