import { defineConfig } from '@playwright/test';
import { existsSync } from 'node:fs';

/** A Chromium of the system, where there is one; else the one Playwright downloaded. */
const system = [process.env.BANDEJA_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  .find((path) => path && existsSync(path));

const launchOptions = {
  executablePath: system,
  // The sandbox needs a user namespace that containers and root do not have.
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
};

/** Each back end once and either way to it; all pairs take twice as long. */
const pairs = process.env.BANDEJA_PAIRS === 'all' ? '*.spec.ts' : ['helpdesk.gateway.spec.ts', 'escalated.gateway.spec.ts', 'chatwoot.worker.spec.ts'];

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // Two cores: a browser and the server it talks to.
  workers: Number(process.env.BANDEJA_E2E_WORKERS ?? 1),
  forbidOnly: !!process.env.CI,
  reporter: [['list']],
  use: {
    locale: 'es-MX',
    timezoneId: 'America/Mexico_City',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions,
  },
  projects: [
    { name: 'desktop', testDir: 'tests/desktop', use: { viewport: { width: 1440, height: 900 } } },
    { name: 'mobile', testDir: 'tests/mobile', use: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } },
    { name: 'a11y', testDir: 'tests/a11y', use: { viewport: { width: 1440, height: 900 } } },
    // They need the foreign back ends, which need Python.
    ...(process.env.BANDEJA_PYTHON ? [{ name: 'connectors', testDir: 'tests/connectors', testMatch: pairs, use: { viewport: { width: 1440, height: 900 } } }] : []),
    { name: 'embed', testDir: 'tests/embed', use: { viewport: { width: 1360, height: 860 } } },
    { name: 'hosts', testDir: 'tests/hosts', use: { viewport: { width: 1360, height: 1000 } } },
    { name: 'faults', testDir: 'tests/faults', use: { viewport: { width: 1440, height: 900 } } },
  ],
});
