import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { picture, stage } from './stage.ts';

const focused = (page: Page) => page.evaluate<string>('document.activeElement.closest("tr")?.id ?? ""');
const is = (page: Page, selector: string) =>
  page.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`);
const path = (page: Page) => new URL(page.url()).pathname;

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Presses Tab once around the page: where the focus cannot be seen, or stands on nothing that is shown. */
async function unseenStops(page: Page): Promise<readonly string[]> {
  await page.evaluate('document.activeElement.blur()');
  const wrong: string[] = [];
  let stops = 0;
  for (let seen = new Set<string>(); stops < 150; stops++) {
    await page.keyboard.press('Tab');
    const [name = '', index = '', ok = ''] = await page.evaluate<string[]>(`(() => {
      const at = document.activeElement;
      if (at === document.body) return ['body', '-1', 'end'];
      // The editor's ring is around its lines' numbers too.
      const style = getComputedStyle(at.closest('.editor') ?? at);
      const box = at.getBoundingClientRect();
      const hasRing = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
      const isThere = box.width > 4 && box.height > 4 && box.bottom > 0 && box.top < innerHeight;
      return [at.outerHTML.slice(0, 120), String([...document.querySelectorAll('*')].indexOf(at)), hasRing && isThere ? 'yes' : 'no'];
    })()`);
    if (ok === 'end' || seen.has(index)) break;
    seen = seen.add(index);
    if (ok === 'no') wrong.push(name);
    // There Tab indents, as is said below it.
    if (name.startsWith('<textarea')) await page.keyboard.press('Escape');
  }
  assert.ok(stops > 5, 'Tab reaches something');
  return wrong;
}

test('everything is done by the keyboard alone', async (t) => {
  const { open, send } = await stage(t);
  for (const name of ['issues.opened', 'pull_request.opened', 'push']) await send(name);
  const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
  await page.goto('/');
  await page.locator('#e1').getByText('told', { exact: true }).waitFor();

  await t.test('the first Tab skips what every page begins with', async () => {
    await press(page, 'Tab');
    assert.ok(await is(page, 'a.skip'));
    await press(page, 'Enter');
    assert.ok(await is(page, '#main'));
  });

  await t.test('j and k move, x selects, r plans, and the plan is gone through by Enter', async () => {
    await press(page, 'j');
    assert.equal(await focused(page), 'e3');
    await press(page, 'j', 'j', 'j');
    assert.equal(await focused(page), 'e1', 'it ends at the last');
    await press(page, 'k');
    assert.equal(await focused(page), 'e2');
    await press(page, 'x', 'j', 'x');
    await page.getByText('2 selected').waitFor();
    await press(page, 'r');
    await page.getByRole('heading', { name: 'Replay 2 events?' }).waitFor();
    await page.getByRole('button', { name: 'Replay 2 events' }).focus();
    await press(page, 'Enter');
    await page.getByRole('heading', { name: 'Replayed', exact: true }).waitFor();
    await press(page, 'g', 'i');
    await page.waitForURL(/\/$/);
  });

  await t.test('/ asks, completes, and takes every letter as it is', async () => {
    await press(page, '/');
    assert.ok(await is(page, '#q'));
    await page.keyboard.type('jkxr?gi');
    assert.equal(await page.locator('#q').inputValue(), 'jkxr?gi');
    assert.equal(await page.locator('dialog[open]').count(), 0);
    assert.equal(path(page), '/');
    await press(page, 'Control+a');
    await page.keyboard.type('sta');
    await page.getByRole('option', { name: /state:/ }).waitFor();
    await press(page, 'ArrowDown', 'Enter');
    await page.keyboard.type('tol');
    await press(page, 'ArrowDown');
    await picture(page, 'inbox-complete');
    await press(page, 'Enter');
    assert.equal(await page.locator('#q').inputValue(), 'state:told ');
    await press(page, 'Escape', 'Enter');
    await page.waitForURL(/q=state/);
    await page.goto('/');
  });

  await t.test('? lists the keys, keeps the focus in, and gives it back', async () => {
    await press(page, 'j');
    const before = await focused(page);
    await press(page, '?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await picture(page, 'keys');
    for (let i = 0; i < 4; i++) {
      await press(page, 'Tab');
      assert.ok(
        await page.evaluate(
          'document.activeElement === document.body || document.activeElement.closest("dialog") !== null',
        ),
      );
    }
    await press(page, 'j', 'g', 'd', 'Escape');
    assert.equal(await page.locator('dialog[open]').count(), 0);
    assert.equal(path(page), '/');
    assert.equal(await focused(page), before);
  });

  await t.test('g and a letter go to every page, also where the letter means something else', async () => {
    await press(page, 'x', 'g', 'r');
    await page.waitForURL(/\/rules$/);
    for (const [key, where] of [
      ['d', /destinations$/],
      ['p', /problems$/],
      ['s', /setup$/],
      ['i', /\/$/],
    ] as const) {
      await press(page, 'g', key);
      await page.waitForURL(where);
    }
  });

  await t.test('an event opens by Enter, and j and k go on', async () => {
    await press(page, 'j', 'Enter');
    await page.waitForURL(/\/events\/3$/);
    await press(page, 'j');
    await page.waitForURL(/\/events\/2$/);
    await press(page, 'k');
    await page.waitForURL(/\/events\/3$/);
  });

  await t.test('the payload is a tree of one stop, and its buttons copy', async () => {
    await press(page, '/');
    assert.ok(await is(page, '[data-find]'));
    await page.keyboard.type('full_name');
    await press(page, 'Enter');
    assert.ok(await is(page, '[data-tree] li[data-k="full_name"]'));
    await press(page, 'Tab');
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'Copy path');
    await picture(page, 'event-tree');
    await press(page, 'Enter');
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    assert.equal(await page.evaluate('navigator.clipboard.readText()'), 'payload.repository.full_name');
    await press(page, 'Tab');
    await press(page, 'Enter');
    await page.locator('#said', { hasText: 'Copied' }).waitFor({ state: 'attached' });
    await press(page, 'Home');
    assert.ok(await is(page, '[data-tree] > li > details > summary'));
    await press(page, 'ArrowLeft');
    assert.equal(await page.locator('[data-tree] > li > details[open]').count(), 0);
    await press(page, 'ArrowRight', 'ArrowDown');
    assert.ok(
      await is(
        page,
        '[data-tree] > li > details > ul > li:first-child, [data-tree] > li > details > ul > li:first-child summary',
      ),
    );
    await press(page, 'ArrowLeft', 'ArrowLeft');
    assert.ok(await is(page, '[data-tree] > li > details > summary'));
  });

  await t.test('a menu opens, and Escape gives the focus back', async () => {
    await press(page, 'g', 'd');
    await page.waitForURL(/destinations$/);
    const menu = page.locator('details.menu > summary').first();
    await menu.focus();
    await press(page, 'Enter', 'Tab');
    assert.ok(await is(page, 'details.menu button'));
    await press(page, 'Escape');
    assert.ok(await is(page, 'details.menu > summary'));
    assert.equal(await page.locator('details.menu[open]').count(), 0);
  });

  await t.test('wherever Tab leads, the focus is seen', async () => {
    for (const each of [
      '/',
      '/events/1',
      '/destinations',
      '/rules',
      '/problems',
      '/setup',
      '/replay?ids=1',
      '/audit',
    ]) {
      await page.goto(each);
      assert.deepEqual(await unseenStops(page), [], each);
    }
  });
});
