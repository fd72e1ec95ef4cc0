import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { HOSTILE } from '../golden/hostile.ts';
import { deliver } from '../support/github.ts';
import { FULL, share } from '../support/long-form.ts';
import { hostileIssue, house } from './house.ts';
import { open, stage, widthOver } from './stage.ts';

const MARKUP = [
  `"><img src=x onerror="window.pwned=1"><script>window.pwned=2</script><x-evil>`,
  `</title></textarea></template></noscript><base href="https://evil.test/"><meta http-equiv=refresh content="0;url=https://evil.test/">`,
  `' onmouseover=alert(1) x='<svg/onload=alert(2)><iframe srcdoc="<script>top.pwned=3</script>"></iframe>`,
  `javascript:alert(1)//<a href="javascript:alert(2)" id=said name=rows>x</a><form id=picked action=https://evil.test><input name=csrf>`,
  '\u202Egnp.exe\u2066 \u202Bright\u202C',
  'שלום עולם مرحبا',
  'w'.repeat(3_000),
  '\u200b\u2800',
  '{{constructor.constructor("alert(1)")()}} ${alert(1)} <%= 7*7 %> &lt;img&gt; &#60;b&#62;',
  '__proto__',
];

/** What others wrote would have made, had it been read as markup or as a script. */
const HARM = `(() => {
  const found = [];
  const say = (what, each) => found.push(what + ': ' + (each.outerHTML ?? String(each)).slice(0, 160));
  const strange = 'img, iframe, object, embed, base, link:not([rel=icon]):not([rel=stylesheet]), meta[http-equiv], video, audio, math, foreignObject, x-evil, [style*=url], script:not([src^="/assets/"])';
  for (const each of document.querySelectorAll(strange)) say('strange', each);
  for (const each of document.querySelectorAll('*')) {
    for (const { name, value } of each.attributes) {
      if (name.startsWith('on') || name === 'srcdoc') say('handler', each);
      if (/^(?:href|src|action|formaction|xlink:href)$/.test(name) && !/^https?:$/.test(new URL(value, location.href).protocol)) say('address', each);
      if (/^(?:action|formaction|src)$/.test(name) && new URL(value, location.href).origin !== location.origin) say('elsewhere', each);
      if (/[\\u202A-\\u202E\\u2066-\\u2069]/.test(value) && !name.startsWith('data-') && each.tagName !== 'INPUT') say('turned', each);
    }
    if (each.matches('a[href^="http"]') && new URL(each.href).origin !== location.origin && !/noopener/.test(each.rel)) say('opener', each);
  }
  const texts = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  for (let at = texts.nextNode(); at !== null; at = texts.nextNode()) {
    if (at.parentElement?.closest('textarea')) continue;
    if (/[\\u202A-\\u202E\\u2066-\\u2069]/.test(at.data)) say('turned', at.parentElement);
    if (!/[\\u0590-\\u08FF]/.test(at.data) || at.parentElement?.closest('title, option')) continue;
    let up = at.parentElement;
    while (up !== null && !/isolate|plaintext/.test(getComputedStyle(up).unicodeBidi)) up = up.parentElement;
    if (up === null || up.contains(document.querySelector('main'))) say('direction', at.parentElement);
  }
  for (const id of ['main', 'said', 'keys']) if (document.querySelectorAll('#' + id).length > 1 || document.getElementById(id)?.tagName === 'A') say('clobbered', id);
  for (const form of document.forms) if (typeof form.submit !== 'function' || typeof form.action !== 'string') say('clobbered', form);
  if (window.pwned !== undefined || window.name !== '' || ({}).x !== undefined) say('ran', 'a script');
  if (document.querySelectorAll('head title').length !== 1 || !/ · Tidings$/.test(document.title) || document.title.length > 160) say('title', document.title);
  if (!document.querySelector('link[rel=icon]')?.href.startsWith(location.origin + '/assets/')) say('icon', 'moved');
  if (document.querySelectorAll('body > header, body > main, body > footer').length !== 3) say('frame', document.body);
  return found;
})()`;

const COUNTS = `Object.fromEntries(['a', 'button', 'form', 'input', 'h1', 'h2', 'h3', 'li', 'tr', 'td', 'dt', 'dd', 'p', 'details', 'article', 'section', 'bdi', 'svg', 'time', 'script', 'link', 'meta']
  .map((name) => [name, [...document.querySelectorAll(name)].filter((each) => !each.closest('.message')).length]))`;

async function unharmed(page: Page, where: string): Promise<void> {
  for (const width of [1100, 360]) {
    await page.setViewportSize({ width, height: 740 });
    assert.deepEqual(await page.evaluate<string[]>(HARM), [], where);
    assert.equal(await widthOver(page), 0, `${where} at ${width} px: beyond the edge`);
  }
  await page.setViewportSize({ width: 1100, height: 740 });
}

const CALM = { reducedMotion: 'reduce' } as const;

test('what others wrote is text on every page, and does nothing', async (t) => {
  const isTried = share(t, 3);
  const texts = [...MARKUP, ...HOSTILE.filter((_, index) => FULL || isTried(index))];
  const rule = `${MARKUP[0]}${MARKUP[4]}`;
  const stood = await house(t, { texts, rule, refuser: 'constructor' });
  const page = await open(t, stood.url, CALM, [/status of 4\d\d/]);
  page.on('dialog', () => assert.fail('a script ran'));
  const events = [...stood.told, ...stood.skipped].filter((id) => isTried(id));
  const paths = [
    '/',
    '/destinations',
    '/problems',
    '/rules',
    '/audit',
    '/setup',
    ...events.map((id) => `/events/${id}`),
  ];
  for (const path of [...paths, `/replay?ids=${stood.told.join(',')}`]) {
    await page.goto(path);
    await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
    await unharmed(page, path);
  }
  await t.test('nor does what a backtest finds, or what a payload is searched for', async () => {
    await page.goto('/rules');
    const text = page.getByLabel('Text of tidings.yaml');
    await text.fill(
      (await text.inputValue()).replace('- desk\n  - name', '- team\n  - name').replace('- moved', '- desk'),
    );
    await page.getByRole('button', { name: 'Backtest' }).click();
    await page.locator('#backtest .notice').waitFor();
    await unharmed(page, 'a backtest');
    await page.goto(`/events/${stood.told[0]}`);
    await page.getByLabel('Search the payload').fill('onerror');
    await page.locator('.hit').first().waitFor();
    await unharmed(page, 'a search');
  });
});

test('what others wrote makes no other page than what is harmless', async (t) => {
  const [evil, twin] = await Promise.all(
    [MARKUP.slice(0, 4), MARKUP.slice(0, 4).map((each) => each.replaceAll(/[^a-z]/g, 'e'))].map((texts) =>
      house(t, { texts }),
    ),
  );
  assert(evil && twin);
  const [one, other] = [await open(t, evil.url, CALM), await open(t, twin.url, CALM)];
  for (const path of ['/', '/destinations', '/rules', '/audit', `/events/${evil.told[0]}`]) {
    await Promise.all([one.goto(path), other.goto(path)]);
    assert.deepEqual(await one.evaluate(COUNTS), await other.evaluate(COUNTS), path);
  }
});

test('a row that comes in live is the row that the server draws', async (t) => {
  const { url, open: window } = await stage(t, null);
  const page = await window(CALM);
  page.on('dialog', () => assert.fail('a script ran'));
  await page.goto('/');
  const texts = [...MARKUP, ...HOSTILE];
  for (const [n, text] of texts.entries()) await deliver(url, hostileIssue(n + 1, text));
  const rows = page.locator('#rows > tr');
  await rows.nth(texts.length - 1).waitFor();
  await page
    .locator('#rows > tr:has(td.state .good)')
    .nth(texts.length - 1)
    .waitFor();
  await unharmed(page, 'live rows');
  const drawn = `[...document.querySelectorAll('#rows > tr')].map((row) => {
    const copy = row.cloneNode(true);
    for (const time of copy.querySelectorAll('time')) time.replaceWith('');
    copy.removeAttribute('class');
    copy.removeAttribute('tabindex');
    return copy.outerHTML.replaceAll(/\\s+/g, ' ').replaceAll('> <', '><');
  })`;
  const live = await page.evaluate<string[]>(drawn);
  await page.reload();
  assert.deepEqual(live, await page.evaluate<string[]>(drawn));
});

const ASKED: readonly string[] = [
  '/?q=',
  '/?__proto__[x]=1&constructor[prototype][x]=1&q=',
  '/?q=repo%3A',
  '/events/1?q=',
  '/replay?ids=1&action=x&submit=1&csrf=2&ids=',
  '/replay?untold=dead&destination=constructor&cause=',
  '/replay?all=1&q=',
  '/destinations?did=',
  '/destinations/',
  '/replays/',
  '/problems?did=',
  '/nowhere/',
];

test('nothing that an address says is read as markup, or sends anybody elsewhere', async (t) => {
  const { url, send } = await stage(t, null);
  await send('issues.opened');
  const page = await open(t, url, CALM, [/status of 4\d\d/]);
  page.on('dialog', () => assert.fail('a script ran'));
  const isTried = share(t, 6);
  const cases = ASKED.flatMap((path) => MARKUP.map((text) => [path, text] as const));
  for (const [path, text] of cases.filter((_, index) => isTried(index))) {
    await page.goto(`${path}${encodeURIComponent(text)}`);
    assert.equal(new URL(page.url()).origin, url);
    await unharmed(page, `${path}${text.slice(0, 40)}`);
  }
});
