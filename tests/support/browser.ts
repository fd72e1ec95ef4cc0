import { existsSync } from 'node:fs';
import type { TestContext } from 'node:test';
import type { Browser } from 'playwright-core';

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** No sandbox of Chromium's own: tests run as root in containers. Everything else as a person has it. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

let browser: Promise<Browser> | undefined;

/** One for all tests of a process: `CHROMIUM`, a system's own, or the one that npm brought. Closed after the last of them. */
export async function chromium(t: TestContext): Promise<Browser> {
  browser ??= launch();
  const running = await browser;
  t.after(() => undefined);
  return running;
}

async function launch(): Promise<Browser> {
  const { chromium: playwright } = await import('playwright-core');
  return playwright.launch({ executablePath: await executable(), args: ARGS, headless: true });
}

async function executable(): Promise<string> {
  const own = [process.env['CHROMIUM'], ...SYSTEM].find((path) => path !== undefined && existsSync(path));
  if (own !== undefined) return own;
  const { default: packed } = await import('@sparticuz/chromium');
  return packed.executablePath();
}
