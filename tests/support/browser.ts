import { existsSync } from 'node:fs';
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
  // Names that a test makes up lead here, and no other name leads anywhere.
  '--host-resolver-rules=MAP *.test 127.0.0.1',
];

let browser: Promise<Browser> | undefined;

/** One for all tests of a process: `CHROMIUM`, a system's own, or the one that npm brought. */
export function chromium(): Promise<Browser> {
  browser ??= launch();
  return browser;
}

export async function closeChromium(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
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
