import type { Browser } from 'playwright-core';
import { chromium, closeChromium } from '../../tests/support/browser.ts';
import type { Measure } from '../measure.ts';
import { median } from '../stats.ts';

const PAINTED = 7;
const BAR = { atMost: 200 } as const;

/** When a browser first shows something of the Inbox: with nothing kept, and with what pages are made of kept. Nothing where there is none. */
export async function firstPaint(base: string, where: string): Promise<Measure[]> {
  const browser = await chromium().catch(() => null);
  if (browser === null) return [];
  try {
    // Of the first of all the browser itself is the most.
    await paints(browser, base);
    const [cold, warm]: [number[], number[]] = [[], []];
    for (let n = 0; n < PAINTED; n++) {
      const [first, second] = await paints(browser, base);
      cold.push(first);
      warm.push(second);
    }
    const measure = (name: string, values: readonly number[]): Measure => {
      return { name: `first paint of the Inbox, ${name} (${where})`, value: median(values), unit: 'ms', bar: BAR };
    };
    return [measure('nothing kept', cold), measure('assets kept', warm)];
  } finally {
    await closeChromium();
  }
}

async function paints(browser: Browser, base: string): Promise<readonly [cold: number, warm: number]> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const painted = async () => {
      await page.goto(`${base}/`);
      return page.evaluate<number>(FIRST_PAINT);
    };
    return [await painted(), await painted()];
  } finally {
    await context.close();
  }
}

const FIRST_PAINT = `new Promise((resolve) => {
  new PerformanceObserver((list) => {
    const [entry] = list.getEntriesByName('first-contentful-paint');
    if (entry !== undefined) resolve(entry.startTime);
  }).observe({ type: 'paint', buffered: true });
})`;
