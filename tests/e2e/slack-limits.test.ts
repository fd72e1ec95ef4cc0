import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventRecord, NotificationRecord } from '../../src/model/inbox/records.ts';
import { sampleNames } from '../../src/sources/github/samples/sample.ts';
import { startSlackDouble } from '../doubles/slack-double.ts';
import { configure, dataDir, drained, openInbox, records } from '../support/data-dir.ts';
import { type Delivery, deliver, delivery, octokitExamples } from '../support/github.ts';
import { serverInProcess } from '../support/in-process.ts';
import { FULL } from '../support/long-form.ts';
import { issueOpened, sampleDelivery } from '../support/payloads.ts';
import { runServer } from '../support/tidings-process.ts';

/** Titles that try to ping, to disguise a link, to break the layout, or to be too long. */
const HOSTILE = [
  '<!channel> <!here> <@U012AB3CD> <!subteam^SAZ94GDB8>',
  '<https://evil.example|https://github.com/acme/api> & "quotes"',
  '&'.repeat(4_000),
  '```'.repeat(500),
  '*_~`>'.repeat(300),
  '🤷🏽‍♀️'.repeat(400),
  '\u202Egnp.exe \u0000\u0007\u001B[31m \uD800',
  'line\nbreak\r\nand\ttab | pipe > quote',
  '<'.repeat(3_000),
  ' ',
  'a'.repeat(100_000),
];

const BURST = FULL ? 2_000 : 1_000;

const TYPES =
  'create delete fork issue_comment issues pull_request pull_request_review pull_request_review_comment push release star workflow_run'.split(
    ' ',
  );

const destination = (url: string, perSecond = 1) => ({ type: 'slack', webhook_url: url, per_second: perSecond });
const everything = (to: readonly string[]) => [{ name: 'all', on: TYPES, to }];

/** `count` deliveries of many kinds: samples, GitHub's examples (each body made unlike the others) and hostile titles. */
function mixed(count: number): Delivery[] {
  const examples = octokitExamples();
  const names = sampleNames();
  return Array.from({ length: count }, (_, n) => {
    const example = examples[n % examples.length];
    if (n % 4 === 0) return issueOpened(n, HOSTILE[(n / 4) % HOSTILE.length]);
    if (n % 4 === 1 && example) return delivery(example.type, { ...(example.payload as object), tests_n: n });
    return sampleDelivery(names[n % names.length] ?? 'star.created', n);
  });
}

/** Of the notifications of one destination in event order: all told, and no later one in an earlier message. */
function assertToldInOrder(events: readonly EventRecord[], name: string): readonly NotificationRecord[] {
  const all = events.flatMap(({ notifications }) => notifications.filter((each) => each.destination === name));
  assert.deepEqual([...new Set(all.map(({ state }) => state))].toSorted(), ['merged', 'sent']);
  const messages = all.map(({ attempts }) => attempts.find(({ outcome }) => outcome === 'sent')?.id ?? Number.NaN);
  assert.deepEqual(
    messages,
    messages.toSorted((a, b) => a - b),
    `${name} is told in event order`,
  );
  return all;
}

test(`${BURST} mixed events in a burst break no rule of Slack’s, are all told, and in order`, async (t) => {
  await using dir = await dataDir();
  await using slack = await startSlackDouble();
  await configure(dir.path, { destinations: { team: destination(slack.webhookUrl()) }, rules: everything(['team']) });
  await using server = await runServer('start', dir.path);
  const began = performance.now();
  const burst = mixed(BURST);
  const sendersOf = (index: number) => burst.filter((_, n) => n % 8 === index);
  await Promise.all(
    Array.from({ length: 8 }, async (_, index) => {
      for (const each of sendersOf(index)) assert.equal((await deliver(server.url, each)).status, 200);
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  await using inbox = await openInbox(dir.path);
  await drained(inbox);
  const events = await records(inbox);
  assert.equal(events.length, BURST);
  assert.deepEqual(
    events.filter(({ state }) => state !== 'routed' && state !== 'skipped').map(({ reason }) => reason),
    [],
  );
  const told = assertToldInOrder(events, 'team');
  t.diagnostic(`${BURST} events in ${seconds.toFixed(1)} s: ${told.length} told in ${slack.messages.length} messages`);
  assert(told.length > BURST / 2, `${told.length} are told`);
  assert.deepEqual(slack.violations, []);
});

test('each kind and each hostile title, told alone, is a message that Slack takes and that pings nobody', async () => {
  await using dir = await dataDir();
  await using slack = await startSlackDouble({ enforceRate: false });
  await configure(dir.path, {
    destinations: { team: destination(slack.webhookUrl(), 0) },
    rules: everything(['team']),
  });
  await using server = await serverInProcess('start', dir.path);
  const singles = [
    ...sampleNames()
      .filter((name) => name !== 'ping')
      .map((name, n) => sampleDelivery(name, n)),
    ...HOSTILE.map((title, n) => issueOpened(n, title)),
  ];
  await using inbox = await openInbox(dir.path);
  for (const each of singles) {
    const before = slack.messages.length;
    assert.equal((await deliver(server.url, each)).status, 200);
    await drained(inbox);
    assert.equal(slack.messages.length, before + (await lastIsTold()), each.body.toString('utf8', 0, 200));
  }
  async function lastIsTold(): Promise<number> {
    const [last] = await inbox.list({ limit: 1 });
    return last?.state === 'routed' ? 1 : 0;
  }
  assert(slack.messages.length >= HOSTILE.length + 10);
  assert.deepEqual(slack.violations, []);
  for (const { payload } of slack.messages) assert.doesNotMatch(JSON.stringify(payload), /<[!@]|<https:\/\/evil/);
});

test('429, 500, lost answers and broken connections on three channels lose nothing and change no order', async (t) => {
  await using dir = await dataDir();
  await using slack = await startSlackDouble();
  const names = ['busy', 'broken', 'mute'];
  const destinations = Object.fromEntries(names.map((name) => [name, destination(slack.webhookUrl(`/${name}`))]));
  await configure(dir.path, { destinations, rules: everything(names) });
  slack.failNext('/busy', 1, { status: 429, body: 'rate_limited', retryAfter: 2 });
  slack.failNext('/broken', 3, { status: 500, body: 'rollup_error' });
  slack.dropNext('/broken', 2);
  slack.hangNext('/mute', 1);
  await using server = await serverInProcess('start', dir.path);
  const began = performance.timeOrigin + performance.now();
  for (const each of mixed(60)) assert.equal((await deliver(server.url, each)).status, 200);
  await using inbox = await openInbox(dir.path);
  await drained(inbox);

  const events = await records(inbox);
  for (const name of names) {
    const told = assertToldInOrder(events, name);
    const lost = new Set(
      told.flatMap(({ attempts }) => attempts.filter(({ outcome }) => outcome === 'unknown').map(({ id }) => id)),
    );
    const answersLost = slack.messages.filter(({ path, answerLost }) => path === `/${name}` && answerLost).length;
    assert.equal(lost.size, answersLost, `${name}: what is told again is exactly what had no answer`);
  }
  const first = slack.messages.find(({ path }) => path === '/busy');
  t.diagnostic(
    `after Retry-After: 2 the first message came ${Math.round((first?.at ?? 0) - began)} ms after the first event`,
  );
  assert((first?.at ?? 0) - began >= 1_900, 'Retry-After is obeyed');
  assert.deepEqual(slack.violations, []);
});
