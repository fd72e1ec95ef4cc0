import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Destination, Message, Outcome, Settlement } from '../../src/model/destination.ts';
import { type Answer, notificationsOf, SENT, Workshop } from './workshop.ts';

const LOST: Outcome = { kind: 'unknown', reason: 'no answer' };
const ABSENT: Settlement = { kind: 'absent' };
const UNKNOWABLE: Settlement = { kind: 'unknowable', reason: 'it keeps no history' };
const FOUND: Settlement = { kind: 'sent', answer: 'it stands there', receipt: { id: 'found' } };

interface Setting {
  /** What each look finds, the last one from then on. */
  readonly finds: readonly (Settlement | Error | 'nothing, ever')[];
  /** Default: the first answer is lost. */
  readonly answer?: Answer;
  readonly fields?: Partial<Destination>;
}

async function lost(t: TestContext, { finds, answer, fields }: Setting) {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const asked: Message[] = [];
  const since: number[] = [];
  const team = shop.destination('team', answer ?? ((_, __, attempt) => (attempt === 1 ? LOST : SENT)), {
    describe: ({ maybeRepeated }) => (maybeRepeated ? 'Possible repeat: it' : 'it'),
    async settle(message, context) {
      asked.push(message);
      since.push(context.since);
      const found = finds[Math.min(asked.length, finds.length) - 1];
      if (found instanceof Error) throw found;
      return found === undefined || found === 'nothing, ever' ? new Promise(() => {}) : found;
    },
    ...fields,
  });
  const timing = { sendLimitMs: 20, abortGraceMs: 5 };
  shop.worker(inbox, [team], { timing });
  const ids = await shop.feed(inbox, ['lost'], ['team']);
  const marks = () => team.sends.map(({ message }) => message.maybeRepeated ?? false);
  const ended = async () => (await notificationsOf(inbox, ids))[0];
  return { shop, inbox, ids, since, team, asked, marks, ended };
}

test('what had arrived is told once, and the record says that it was found', async (t) => {
  const { shop, marks, ended } = await lost(t, { finds: [FOUND] });
  await shop.settled(2);
  assert.deepEqual(marks(), [false]);
  const notification = await ended();
  assert.equal(notification?.state, 'sent');
  assert.deepEqual(
    notification.attempts.map(({ outcome, detail, request }) => [outcome, detail, request]),
    [
      ['unknown', 'no answer', 'it'],
      ['sent', 'it stands there', 'it'],
    ],
  );
  assert.deepEqual([shop.settledAs, shop.uncertain], [['sent'], []]);
});

test('what had not arrived is no repeat, and says nothing of one', async (t) => {
  const { shop, marks, ended } = await lost(t, { finds: [ABSENT] });
  await shop.settled(2);
  assert.deepEqual(marks(), [false, false]);
  assert.deepEqual(
    (await ended())?.attempts.map(({ request }) => request),
    ['it', 'it'],
  );
  assert.deepEqual([shop.settledAs, shop.uncertain], [['absent'], []]);
});

test('where nobody can say it is told again, says that it may be a repeat, and is counted', async (t) => {
  for (const found of [UNKNOWABLE, new Error('a bug')]) {
    const { shop, marks } = await lost(t, { finds: [found] });
    await shop.settled(2);
    assert.deepEqual(marks(), [false, true]);
    assert.deepEqual([shop.settledAs, shop.uncertain], [['unknowable'], [1]]);
    assert.ok(shop.said(/nobody can say whether it had arrived; telling again, perhaps twice/));
  }
});

test('while it cannot be looked up it is not told again', async (t) => {
  const retry: Settlement = { kind: 'retry', reason: 'busy', retryAfterMs: 1 };
  const { shop, marks, asked, ended } = await lost(t, { finds: [retry, 'nothing, ever', FOUND] });
  await shop.settled(4);
  assert.deepEqual([marks(), asked.length], [[false], 3]);
  assert.deepEqual(
    (await ended())?.attempts.map(({ outcome }) => outcome),
    ['unknown', 'retry', 'retry', 'sent'],
  );
});

test('of several lost answers each is looked for; the last that is lost again too', async (t) => {
  const answer: Answer = (_, __, attempt) => (attempt < 3 ? LOST : SENT);
  const { shop, marks, asked } = await lost(t, { finds: [ABSENT, ABSENT], answer });
  await shop.settled(3);
  assert.deepEqual([marks(), asked.length], [[false, false, false], 2]);
});

for (const [found, state, sends] of [
  [FOUND, 'sent', 1],
  [ABSENT, 'sent', 2],
  [UNKNOWABLE, 'unknown', 1],
] as const) {
  test(`where nothing may be told twice, it is held only if nobody can say: ${found.kind}`, async (t) => {
    const { shop, team, ended } = await lost(t, { finds: [found], fields: { onUnknown: 'hold' } });
    await shop.settled(2);
    assert.equal((await ended())?.state, state);
    assert.equal(team.sends.length, sends);
    assert.deepEqual([shop.settledAs, shop.uncertain], [[found.kind], []]);
  });
}

test('it is looked for from when it was stored on: in a restored copy its first try is not recorded', async (t) => {
  const { shop, inbox, ids, since } = await lost(t, { finds: [UNKNOWABLE, FOUND], fields: { onUnknown: 'hold' } });
  await shop.settled(2);
  await inbox.replay({ state: 'unknown' }, { dryRun: false });
  await shop.settled(3);
  const event = await inbox.show(ids[0] ?? 0);
  assert.deepEqual(since, [event?.storedAt, event?.storedAt]);
});
