import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { LaneDepth } from '../../src/model/inbox/archive.ts';
import { startEndpointDouble } from '../doubles/endpoint-double.ts';
import { startSlackApi } from '../doubles/slack-api.ts';
import { DEFAULT_PATH, startSlackDouble } from '../doubles/slack-double.ts';
import { drained, openInbox } from '../support/data-dir.ts';
import { type Delivery, deliver } from '../support/github.ts';
import { issueOpened, sampleDelivery } from '../support/payloads.ts';
import { axeFindings, endsOf, picture, stage } from './stage.ts';

const REFUSED = { status: 400, text: 'no such field' };

/** A house with a bot that nobody invited, an endpoint, and a webhook. */
async function house(t: TestContext) {
  const channels = [{ id: 'C0000002', name: 'backend', isMember: false }];
  const slack = await startSlackApi({ channels, scopes: ['chat:write', 'channels:read'], intervalMs: 0 });
  const webhook = await startSlackDouble({ intervalMs: 0 });
  const endpoint = await startEndpointDouble();
  endsOf(t).defer(
    async () => void (await Promise.all([slack.close(), webhook.close(), endpoint[Symbol.asyncDispose]()])),
  );
  const config = {
    destinations: {
      backend: { type: 'slack', token: '${BOT}', channel: '#backend' },
      ops: { type: 'slack', webhook_url: '${HOOK}' },
      hook: { type: 'http', url: endpoint.url },
    },
    rules: [
      { name: 'issues', on: { issues: ['opened'] }, to: 'backend' },
      { name: 'releases', on: { release: ['published'] }, to: 'ops' },
      { name: 'requests', on: { pull_request: ['opened'] }, to: 'hook' },
    ],
  };
  const env = { BOT: slack.token, SLACK_API_URL: slack.url, HOOK: webhook.webhookUrl() };
  const place = await stage(t, config, env);
  const inbox = await openInbox(place.dir);
  endsOf(t).use(inbox);
  const arrive = async (...sent: readonly Delivery[]) => {
    for (const each of sent) assert.ok((await deliver(place.server.url, each)).status < 300);
  };
  /** Until a lane is as wanted: what is broken or paused is never drained. */
  const stands = async (wanted: (lane: LaneDepth) => boolean) => {
    while (!(await inbox.depths()).some(wanted)) await setImmediate();
  };
  return { ...place, stands, slack, webhook, endpoint, inbox, arrive };
}

let looks = 0;

/** As it stands: found accessible in one theme or the other in turn, and a picture of both where somebody wants them. */
async function look(page: Page, name: string): Promise<void> {
  const isDark = looks++ % 2 === 0;
  await show(page, isDark ? 'dark' : 'light');
  assert.deepEqual(await axeFindings(page), [], name);
  if (process.env['TIDINGS_PICTURES'] === undefined) return;
  for (const theme of ['dark', 'light'] as const) {
    await show(page, theme);
    await picture(page, `operator-${name}-${theme}`);
  }
}

async function show(page: Page, colorScheme: 'dark' | 'light'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  // Colors of a theme are there with the next frame.
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
}

test('an operator', async (t) => {
  const { open, slack, webhook, endpoint, inbox, arrive, stands } = await house(t);
  const page = await open();
  const main = page.getByRole('main');
  let isWhole = true;
  // Each stands on what the one before left behind.
  const step = (name: string, run: () => Promise<void>) =>
    t.test(name, { skip: !isWhole }, async () => {
      isWhole = false;
      await run();
      isWhole = true;
    });
  const problem = (title: RegExp) => main.getByRole('article', { name: title });

  await step('sees in two clicks why nobody heard of it, and mends it there', async () => {
    await arrive(issueOpened(1), issueOpened(2));
    await stands(({ lane, broken, depth }) => lane === 'backend' && broken !== null && depth === 2);
    await page.goto('/');
    await look(page, 'inbox-broken');
    // The first click says why, the second what to do.
    await page.getByRole('link', { name: /Issue 2/ }).click();
    await main
      .getByText(/not_in_channel/)
      .first()
      .waitFor();
    await look(page, 'event-broken');
    await page.getByRole('link', { name: /^Problems/ }).click();
    const card = problem(/backend/);
    await card.getByText(/not_in_channel/).waitFor();
    await card.getByText(/\/invite /).waitFor();
    assert.match(await page.title(), /^\(1\) Problems/);
    await look(page, 'problem-broken');
    slack.workspace.channels[0]?.members.add('U0000001');
    await card.getByRole('button', { name: 'Resume' }).click();
    await slack.waitFor(2);
    await drained(inbox);
    await page.reload();
    await main.getByText('Nothing needs you.').waitFor();
    assert.deepEqual(slack.violations, []);
  });

  await step('retries all that were given up: a plan, its count, go, and how far it is', async () => {
    endpoint.plan(REFUSED, REFUSED, REFUSED);
    await arrive(...[1, 2, 3].map((n) => sampleDelivery('pull_request.opened', n)));
    await drained(inbox);
    await page.goto('/problems');
    await look(page, 'problem-dead');
    await problem(/hook/).getByRole('link', { name: 'Retry all 3…' }).click();
    await main.getByRole('heading', { name: 'Replay 3 events?' }).waitFor();
    assert.equal(endpoint.told.length, 0);
    await look(page, 'plan');
    await main.getByRole('button', { name: 'Replay 3 events' }).click();
    await endpoint.waitFor(3);
    await main.getByRole('heading', { name: 'Replayed' }).waitFor();
    await look(page, 'replayed');
    await drained(inbox);
    await page.goto('/problems');
    await main.getByText('Nothing needs you.').waitFor();
  });

  await step(
    'a webhook that Slack has removed is resumed when it is mended, and what waits is told in order',
    async () => {
      webhook.failNext(DEFAULT_PATH, 1, { status: 404, body: 'no_service' });
      await arrive(sampleDelivery('release.published', 1), sampleDelivery('release.published', 2));
      await stands(({ lane, broken, depth }) => lane === 'ops' && broken !== null && depth === 2);
      await page.goto('/destinations');
      const card = main.getByRole('article', { name: 'ops' });
      await card.getByText(/Nothing can arrive/).waitFor();
      await look(page, 'destinations-broken');
      await card.getByRole('button', { name: 'Resume' }).click();
      await webhook.waitFor(2);
      await drained(inbox);
      await page.reload();
      await card.getByText('Nothing waits.').waitFor();
    },
  );

  await step('pauses for half an hour: it waits, and goes on when resumed', async () => {
    const card = main.getByRole('article', { name: 'hook' });
    await card.locator('summary').filter({ hasText: 'Pause' }).click();
    await look(page, 'pause-menu');
    await card.getByRole('button', { name: 'for 30 minutes' }).click();
    await card
      .getByText(/^Paused/)
      .first()
      .waitFor();
    const before = endpoint.told.length;
    await arrive(sampleDelivery('pull_request.opened', 11));
    await stands(({ lane, depth }) => lane === 'hook' && depth === 1);
    await page.reload();
    await card.getByText(/1 message has waited/).waitFor();
    await look(page, 'paused');
    assert.equal(endpoint.told.length, before);
    await card.getByRole('button', { name: 'Resume' }).click();
    await endpoint.waitFor(before + 1);
    await drained(inbox);
  });

  await step('gives up what waits, once it is counted: nobody is told, and nothing is left of it', async () => {
    const card = main.getByRole('article', { name: 'hook' });
    await card.locator('summary').filter({ hasText: 'Pause' }).click();
    await card.getByRole('button', { name: 'until I resume it' }).click();
    const before = endpoint.told.length;
    await arrive(sampleDelivery('pull_request.opened', 12), sampleDelivery('pull_request.opened', 13));
    await stands(({ lane, depth }) => lane === 'hook' && depth === 2);
    await page.reload();
    await card.getByRole('link', { name: /Give up/ }).click();
    await main.getByRole('heading', { name: 'Give up 2 messages for hook?' }).waitFor();
    await look(page, 'drain');
    await main.getByRole('button', { name: 'Give up 2 messages' }).click();
    await stands(({ lane, depth }) => lane === 'hook' && depth === 0);
    await look(page, 'drained');
    await card.getByRole('button', { name: 'Resume' }).click();
    await arrive(sampleDelivery('pull_request.opened', 14));
    await endpoint.waitFor(before + 1);
    await drained(inbox);
    assert.equal(endpoint.told.length, before + 1);
    await page.goto('/problems');
    await main.getByText('Nothing needs you.').waitFor();
  });

  await step('reads why an event was held back, and releases it', async () => {
    const genuine = sampleDelivery('pull_request.opened', 21);
    await arrive(genuine, { ...genuine, guid: randomUUID() });
    await drained(inbox);
    const before = endpoint.told.length;
    await page.reload();
    const card = problem(/./);
    await card.getByText('What is this?').click();
    await card.getByText(/the same body came before/).waitFor();
    await look(page, 'quarantined');
    await card.getByRole('link', { name: 'Release it…' }).click();
    await look(page, 'release-plan');
    await main.getByRole('button', { name: 'Replay 1 event' }).click();
    await endpoint.waitFor(before + 1);
  });

  await step('dismisses what shall not be sent', async () => {
    endpoint.plan(REFUSED);
    await arrive(sampleDelivery('pull_request.opened', 31));
    await drained(inbox);
    await page.goto('/problems');
    await problem(/hook/).getByText('Dismiss…').click();
    await look(page, 'dismiss');
    await problem(/hook/).getByRole('button', { name: 'Dismiss it' }).click();
    await main.getByText('1 message dismissed').waitFor();
    await look(page, 'dismissed');
    await page.reload();
    assert.equal(await main.getByText('1 message dismissed').count(), 0, 'it is said once');
  });

  await step('finds in the audit list who did all this', async () => {
    await page.getByRole('link', { name: 'What people changed, and when' }).click();
    const rows = await main.getByRole('row').allInnerTexts();
    await look(page, 'audit');
    const acts = ['resume', 'replay', 'pause', 'drain', 'dismiss'];
    for (const act of acts)
      assert.ok(
        rows.some((row) => row.includes(act) && /this machine/.test(row)),
        act,
      );
  });
});
