import { defineConfig } from '@playwright/test';
import journeys from './playwright.config.ts';

/** Measures pages; started by `make bench-pages`, never by the tests. */
export default defineConfig(journeys, {
  testDir: 'support',
  testMatch: 'bench.ts',
  outputDir: 'test-results/bench-work',
  reporter: 'line',
  timeout: 300_000,
});
