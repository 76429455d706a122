import { defineConfig } from '@playwright/test';
import journeys from './playwright.config.ts';

/** Draws pages for people to look at; started by `npm run shots`, never by the tests. */
export default defineConfig(journeys, {
  testDir: 'support',
  testMatch: 'shots.ts',
  outputDir: 'test-results/shots-work',
  reporter: 'line',
  use: { screenshot: 'off' },
});
