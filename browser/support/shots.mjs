// Draws pages at 360 px, at 1280 px and in the dark theme into test-results/shots, for people to look at.
//
// usage: npm run shots -- [--as ROLE] ADDRESS…        an address may be a path of the school at NASTAVNIK_URL

import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { as: { type: 'string' } } });
if (positionals.length === 0) {
  console.error('usage: npm run shots -- [--as ROLE] ADDRESS…');
  process.exit(2);
}
const { status } = spawnSync('playwright', ['test', '--config', 'shots.config.ts'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    NASTAVNIK_URL: process.env.NASTAVNIK_URL ?? 'http://127.0.0.1:8080',
    SHOTS_OF: JSON.stringify(positionals),
    SHOTS_AS: values.as ?? '',
  },
});
process.exit(status ?? 1);
