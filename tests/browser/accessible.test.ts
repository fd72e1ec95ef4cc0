import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { share } from '../support/long-form.ts';
import { type House, house } from './house.ts';
import { axeFindings, open, picture, stage, widthOver } from './stage.ts';

interface Look {
  readonly name: string;
  readonly path: string;
  /** What is to be done there before it is looked at. */
  readonly first?: (page: Page) => Promise<void>;
}

/** Without motion: colours are asked for while they would still change. */
const STILL = { viewport: { width: 1100, height: 800 }, reducedMotion: 'reduce' } as const;

/** What is folded away is read too. Menus lie over what is below them: one at a time. */
const UNFOLD = 'for (const each of document.querySelectorAll("details:not(.menu)")) each.open = true';

/** Every animation and transition that could run here. */
const MOVING = `[...document.querySelectorAll('*')].filter((each) => {
  const { transitionDuration, animationName } = getComputedStyle(each);
  return animationName !== 'none' || transitionDuration.split(', ').some((time) => time !== '0s');
}).map((each) => each.outerHTML.slice(0, 80))`;

/** Headings that a reader jumps between: one h1, no level left out. */
const OUTLINE = `[...document.querySelectorAll('h1, h2, h3, h4')].filter((each) => each.checkVisibility()).map((each) => Number(each.tagName[1]))`;

function looks({ bare, told: [told], skipped: [skipped] }: House): readonly Look[] {
  return [
    { name: 'inbox', path: '/' },
    { name: 'filtered', path: '/?q=type%3Aissues' },
    { name: 'nothing matches', path: '/?q=repo%3Anobody%2Fnothing' },
    { name: 'a filter that is none', path: '/?q=colour%3Ared' },
    { name: 'completion', path: '/', first: (page) => page.locator('[data-complete]').focus() },
    { name: 'selected', path: '/', first: (page) => page.getByRole('checkbox').first().check() },
    {
      name: 'keys',
      path: '/',
      first: async (page) => {
        await page.keyboard.press('?');
        await page.getByRole('dialog').waitFor();
      },
    },
    { name: 'event', path: `/events/${told}` },
    { name: 'event, raw', path: `/events/${told}?raw=1` },
    { name: 'event that nobody got', path: `/events/${skipped}` },
    { name: 'event whose body is gone', path: `/events/${bare}` },
    { name: 'no such event', path: '/events/999999' },
    { name: 'no such page', path: '/nowhere' },
    { name: 'destinations', path: '/destinations' },
    {
      name: 'a menu of a destination',
      path: '/destinations',
      first: (page) => page.locator('details.menu > summary').first().click(),
    },
    { name: 'drain', path: '/destinations/desk/drain' },
    { name: 'problems', path: '/problems' },
    { name: 'rules', path: '/rules' },
    { name: 'rules, checked', path: '/rules', first: checked },
    { name: 'rules, tested', path: '/rules', first: tested },
    { name: 'rules, backtested', path: '/rules', first: backtested },
    { name: 'set up', path: '/setup' },
    { name: 'audit', path: '/audit' },
    { name: 'replay', path: `/replay?ids=${told}` },
    { name: 'replay of nothing', path: '/replay' },
  ];
}

async function checked(page: Page): Promise<void> {
  const text = page.getByLabel('Text of tidings.yaml');
  await text.fill((await text.inputValue()).replace('- opened', '- open'));
  await page.getByRole('button', { name: 'Check' }).click();
  await page.locator('#results').getByText('cannot be used').waitFor();
}

async function tested(page: Page): Promise<void> {
  const text = page.getByLabel('Text of tidings.yaml');
  await text.fill((await text.inputValue()).replace('expect:\n      - team', 'expect:\n      - nobody'));
  await page.getByRole('button', { name: 'Run tests' }).click();
  await page.locator('#results .notice').first().waitFor();
}

async function backtested(page: Page): Promise<void> {
  const text = page.getByLabel('Text of tidings.yaml');
  await text.fill((await text.inputValue()).replace('name: labels', 'name: other').replace('- opened', '- closed'));
  await page.getByRole('button', { name: 'Backtest' }).click();
  await page.locator('#backtest .notice').waitFor();
}

/** Of the page as it stands: in both themes, and as narrow and as large as somebody may need it. */
async function faults(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  const see = async (when: string, ...rules: readonly string[]) => {
    for (const each of await axeFindings(page, rules)) found.push(`${when}: ${each}`);
  };
  await page.evaluate(UNFOLD);
  await see('light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await see('dark', 'color-contrast', 'link-in-text-block');
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
  await see('forced colors', 'color-contrast');
  await page.emulateMedia({ forcedColors: null });
  const moving = await page.evaluate<string[]>(MOVING);
  if (moving.length > 0) found.push(`moves: ${moving.join(' ')}`);
  const outline = await page.evaluate<number[]>(OUTLINE);
  const levels = outline.filter((level, index) => level > (outline[index - 1] ?? 0) + 1);
  if (levels.length > 0 || outline.filter((level) => level === 1).length !== 1)
    found.push(`outline: ${outline.join(' ')}`);
  for (const [width, size] of [
    [360, ''],
    [640, '200%'],
    [550, ''],
  ] as const) {
    await page.setViewportSize({ width, height: 740 });
    await page.evaluate(`document.documentElement.style.fontSize = '${size}'`);
    const over = await widthOver(page);
    if (over > 0) found.push(`${width} px, text ${size || '100%'}: ${over} px beyond the edge: ${await widest(page)}`);
    if (width === 360) await see('narrow', 'scrollable-region-focusable', 'target-size');
  }
  await page.evaluate(`document.documentElement.style.fontSize = ''`);
  await page.setViewportSize(STILL.viewport);
  return found;
}

function widest(page: Page): Promise<string> {
  return page.evaluate<string>(`[...document.querySelectorAll('main *, header *, footer *')]
    .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
    .map((each) => each.outerHTML.slice(0, 80)).slice(0, 3).join(' … ')`);
}

test('everybody can read every page, in every state', async (t) => {
  const stood = await house(t);
  const page = await open(t, stood.url, STILL, [/status of 40[04]/]);
  const isLookedAt = share(t, 3);
  for (const { name, path, first } of looks(stood).filter((_, index) => isLookedAt(index))) {
    await t.test(name, async () => {
      await page.goto(path);
      await first?.(page);
      assert.deepEqual(await faults(page), []);
    });
  }
  await t.test('a replay that is done', async () => {
    await page.goto(`/replay?ids=${stood.told[0]}`);
    await page
      .getByRole('main')
      .getByRole('button', { name: /Replay/ })
      .click();
    await page.waitForURL(/\/replays\//);
    // While it goes on the page draws itself anew.
    await page.getByRole('heading', { name: 'Replayed', exact: true }).waitFor();
    assert.deepEqual(await faults(page), []);
  });
  await t.test('the title says how much is wrong, as the page does', async () => {
    await page.goto('/problems');
    // What a person paused is listed, and is not wrong.
    const count = await page.locator('article.problem.bad').count();
    assert.equal(count, 2);
    assert.match(await page.title(), new RegExp(`^\\(${count}\\) Problems · Tidings$`));
  });
});

test('everybody can read it when it is new, or closed', async (t) => {
  const { url } = await stage(t, null);
  const page = await open(t, url, STILL);
  const isLookedAt = share(t, 3);
  const paths = ['/', '/problems', '/destinations', '/rules', '/setup', '/audit'];
  for (const path of paths.filter((_, index) => isLookedAt(index))) {
    await page.goto(path);
    assert.deepEqual(await faults(page), [], path);
    assert.match(await page.title(), /^[A-Z]/);
  }
  const closed = await stage(t, null, { ADMIN_TOKEN: 'an-admin-token-for-this-test', LOOPBACK_OPEN: 'false' });
  const stranger = await open(t, closed.url, STILL, [/status of 4\d\d/]);
  for (const path of ['/login', '/login?code=nonsense', '/events/1']) {
    await stranger.goto(path);
    assert.deepEqual(await faults(stranger), [], path);
  }
  await stranger.getByLabel('token').fill('a wrong one');
  await stranger.getByRole('button', { name: 'Log in' }).click();
  await stranger.getByText('neither the admin token').waitFor();
  assert.deepEqual(await faults(stranger), []);
  await picture(stranger, 'login-wrong-narrow');
});
