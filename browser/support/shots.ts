import { test } from '@playwright/test';
import { DESKTOP, PHONE, setTheme } from './layout.ts';
import { signIn } from './sign-in.ts';

const addresses = JSON.parse(process.env['SHOTS_OF'] ?? '[]') as string[];
const role = process.env['SHOTS_AS'];

const VIEWS = [
  { name: '360', size: PHONE, theme: 'light' },
  { name: '1280', size: DESKTOP, theme: 'light' },
  { name: '1280-dark', size: DESKTOP, theme: 'dark' },
] as const;

for (const address of addresses) {
  test(address, async ({ page }) => {
    if (role) {
      await signIn(page, role);
    }
    for (const { name, size, theme } of VIEWS) {
      await page.setViewportSize(size);
      await setTheme(page, theme);
      await page.goto(address);
      const path = `test-results/shots/${fileName(address)}-${name}.png`;
      await page.screenshot({ path, fullPage: true });
      console.log(path);
    }
  });
}

function fileName(address: string): string {
  const { pathname, search } = new URL(address, 'http://school');
  return `${pathname}${search}`.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '') || 'home';
}
