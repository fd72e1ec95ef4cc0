import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { startSlackDouble } from '../doubles/slack-double.ts';
import { dataDir, drained, openInbox, records } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { serverInProcess } from '../support/in-process.ts';
import { sampleDelivery } from '../support/payloads.ts';

const STARS = 400;
const SECONDS = 4;

test('400 stars in 4 s become a message a second, at Slack’s pace', async (t) => {
  await using dir = await dataDir();
  await using slack = await startSlackDouble();
  await using server = await serverInProcess('start', dir.path, { SLACK_WEBHOOK_URL: slack.webhookUrl() });

  const began = performance.now();
  const replies = await Promise.all(
    Array.from({ length: STARS }, async (_, n) => {
      await setTimeout((n * SECONDS * 1000) / STARS);
      return deliver(server.url, sampleDelivery('star.created', n));
    }),
  );
  const sendingMs = performance.now() - began;
  const lastEvent = performance.timeOrigin + performance.now();
  assert.deepEqual([...new Set(replies.map(({ status }) => status))], [200]);
  await slack.waitFor((messages) => messages.reduce((sum, { text }) => sum + starsIn(text), 0) === STARS);

  const afterMs = (slack.messages.at(-1)?.at ?? 0) - lastEvent;
  t.diagnostic(
    `${STARS} stars in ${(sendingMs / 1000).toFixed(1)} s: ` +
      `${slack.messages.length} messages, the last ${Math.round(afterMs)} ms after the last event`,
  );
  // One a second, however slow the machine: the first ones alone, then what came meanwhile in one.
  assert(slack.messages.length <= (sendingMs + afterMs) / 1000 + 3, `${slack.messages.length} messages`);
  assert.deepEqual(slack.violations, []);

  await using inbox = await openInbox(dir.path);
  await drained(inbox);
  const states = (await records(inbox)).flatMap(({ notifications }) => notifications.map(({ state }) => state));
  assert.equal(states.length, STARS);
  assert(states.every((state) => state === 'sent' || state === 'merged'));
});

/** How many stars a message tells of: `ada starred acme/api`, or `97 stars in acme/api`. */
function starsIn(text: string): number {
  const many = /^([\d,]+) stars? /.exec(text)?.[1];
  return many === undefined ? 1 : Number(many.replaceAll(',', ''));
}
