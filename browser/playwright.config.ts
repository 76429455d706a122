import { defineConfig, devices } from '@playwright/test';

// `scripts/with-server` starts the demo school and says where it is; nothing here ever guesses an address.
const address = process.env['NASTAVNIK_URL'];
if (!address) {
  throw new Error('NASTAVNIK_URL is not set: run `make journeys`, or `scripts/with-server npm --prefix browser test`');
}

const asRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: 'journeys',
  outputDir: 'test-results/failures',
  // One school serves all journeys, and two cores serve the browser and the server.
  workers: 1,
  fullyParallel: false,
  // A journey that passes the second time is a journey nobody can trust.
  retries: 0,
  forbidOnly: true,
  timeout: 30_000,
  globalTimeout: 30 * 60_000,
  expect: { timeout: 5_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/results.json' }]],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: address,
    locale: 'ru-RU',
    timezoneId: 'Europe/Moscow',
    // A button that is not there is not there; waiting for the whole test to run out would hide which one.
    actionTimeout: 5_000,
    screenshot: 'only-on-failure',
    trace: 'off',
    video: 'off',
    launchOptions: {
      executablePath: process.env['NASTAVNIK_CHROMIUM'] ?? '/usr/bin/chromium',
      // Chromium refuses its sandbox to root; the other flags keep a closed network quiet.
      args: [
        ...(asRoot ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--disable-dev-shm-usage',
        '--no-first-run',
        '--disable-sync',
      ],
    },
  },
});
