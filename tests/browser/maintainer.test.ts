import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CDPSession, Page } from 'playwright-core';
import { drained, openInbox } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { issueOpened } from '../support/payloads.ts';
import { axeFindings, open, picture, stage } from './stage.ts';

const CONFIG = {
  destinations: { team: { type: 'console' }, desk: { type: 'console' } },
  rules: [{ name: 'news', on: { issues: ['opened'] }, to: ['team'] }],
  tests: [{ name: 'an opened issue is told', event: 'issues.opened', expect: ['team'] }],
};
const EVENTS = 500;

/** Answers come as slowly as over a bad line, until the session is detached. */
async function badLine(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  const speed = { downloadThroughput: 4_000, uploadThroughput: -1 };
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 0, ...speed });
  return session;
}

test('a maintainer sees what a change would have told of 500 events, and the next one goes by it', async (t) => {
  const { url, server, dir } = await stage(t, CONFIG);
  for (let n = 0; n < EVENTS; n += 50) {
    await Promise.all(Array.from({ length: 50 }, (_, i) => deliver(server.url, issueOpened(n + i + 1))));
  }
  await using inbox = await openInbox(dir);
  await drained(inbox);
  // Asked again, where the one that was cancelled has not ended yet.
  const page = await open(t, url, {}, [/429/]);
  await page.goto('/rules');
  const editor = page.getByLabel('Text of tidings.yaml');
  const text = (await editor.inputValue()).replace('- team\ntests', '- desk\ntests');
  const results = page.locator('#results');
  const backtest = page.locator('#backtest');

  await t.test('a test that fails is mended', async () => {
    await editor.fill(text);
    await page.getByRole('button', { name: 'Run tests' }).click();
    await results.getByText('The test failed').waitFor();
    await picture(page, 'rules-test-failed');
    await editor.fill(text.replace(/expect:\n\s+- team/, 'expect:\n      - desk'));
    await page.getByRole('button', { name: 'Run tests' }).click();
    await results.getByText('The test passed').waitFor();
  });

  await t.test('a long backtest is cancelled, and what it found stays', async () => {
    const line = await badLine(page);
    await page.getByRole('button', { name: 'Backtest' }).click();
    await backtest.locator('.changes > li').first().waitFor();
    await picture(page, 'rules-backtest-running');
    await backtest.getByRole('button', { name: 'Cancel' }).click();
    await backtest.getByText('Cancelled. What was found until then stays below.').waitFor();
    assert.ok((await backtest.locator('.changes > li').count()) > 0);
    await line.detach();
  });

  await t.test('the next reads all, and every difference leads to its event', async () => {
    await page.getByRole('button', { name: 'Backtest' }).click();
    await backtest.getByText(`${EVENTS} fewer, ${EVENTS} more, 0 the same`).waitFor();
    assert.equal(await backtest.locator('.changes > li').count(), EVENTS);
    assert.equal(await backtest.getByText('no longer told to team').count(), EVENTS);
    assert.equal(await backtest.getByText('told to desk by rule news').count(), EVENTS);
    const first = backtest.locator('.changes a').first();
    assert.match((await first.getAttribute('href')) ?? '', /^\/events\/\d+$/);
    await picture(page, 'rules-backtest');
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture(page, 'rules-backtest-dark');
  });

  await t.test('what is written is in force for the next event', async () => {
    await page.getByRole('button', { name: 'Write' }).click();
    await page
      .locator('#results')
      .getByText(/^In force: 1 rule/)
      .waitFor();
    await picture(page, 'rules-written');
    await deliver(server.url, issueOpened(EVENTS + 1));
    await drained(inbox);
    await page.goto(`/events/${EVENTS + 1}`);
    await page.getByRole('heading', { level: 3, name: /^desk/ }).waitFor();
    await page.goto(`/events/${EVENTS}`);
    await page.getByRole('heading', { level: 3, name: /^team/ }).waitFor();
  });
});

test('where there is no file a text is offered, and the first one is written', async (t) => {
  const { url, dir, send } = await stage(t);
  const page = await open(t, url);
  await page.goto('/rules');
  await page.getByText('There is no tidings.yaml, so the built-in rules decide.').waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await picture(page, 'rules-none');
  const editor = page.getByLabel('Text of tidings.yaml');
  const text = `${await editor.inputValue()}# mine\n`;
  await editor.fill(text);
  await page.getByRole('button', { name: 'Write' }).click();
  await page
    .locator('#results')
    .getByText(/^In force: \d+ rule/)
    .waitFor();
  assert.equal(readFileSync(join(dir, 'tidings.yaml'), 'utf8'), text);
  await send('pull_request.opened');
});

test('a file with a secret in it is tried and copied, never written from here, and the secret is not shown', async (t) => {
  const webhook = 'https://hooks.slack.com/services/T0000/B0000/neverShowThis';
  const { url } = await stage(t, {
    ...CONFIG,
    destinations: { ...CONFIG.destinations, slack: { type: 'slack', webhook_url: webhook } },
  });
  const page = await open(t, url, { colorScheme: 'dark' });
  await page.goto('/rules');
  await page.getByText(/It can't be written from here/).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Write' }).count(), 0);
  assert.ok(!(await page.content()).includes('neverShowThis'));
  const editor = page.getByLabel('Text of tidings.yaml');
  await editor.fill((await editor.inputValue()).replace('name: news', 'name: other news'));
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByRole('main').getByText('This text can be used: 1 rule, 1 test').waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await picture(page, 'rules-unwritable');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  assert.equal((await download).suggestedFilename(), 'tidings.yaml');
});
