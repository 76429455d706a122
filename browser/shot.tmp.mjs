import { chromium } from '@playwright/test';
const [,, base, role, out, modes, ...paths] = process.argv;
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu'] });
for (const m of modes.split(',')) {
  const [w, theme] = m.split('-');
  const c = await b.newContext({ viewport: { width: +w, height: 800 }, colorScheme: theme === 'dark' ? 'dark' : 'light', locale: 'ru-RU' });
  const p = await c.newPage();
  await p.goto(base + '/sign-in');
  await p.getByLabel('Логин').fill(role); await p.getByLabel('Пароль').fill('uchimsya-vmeste');
  await p.getByRole('button', { name: 'Войти' }).click(); await p.waitForLoadState('networkidle');
  for (const path of paths) {
    const r = await p.goto(base + path); await p.waitForTimeout(150);
    const n = path.replace(/[^\w-]+/g, '_').slice(0, 60) || 'home';
    const wide = await p.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    console.log(m, path, r.status(), 'overflow', wide);
    const h = await p.evaluate(() => document.documentElement.scrollHeight);
    await p.screenshot({ path: `${out}/${n}.${m}.png`, fullPage: true, clip: { x: 0, y: 0, width: +w, height: Math.min(h, 2200) } });
  }
  await c.close();
}
await b.close();
