import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Clock } from '../../src/shared/clock.ts';
import { SCOPES } from '../doubles/slack/asking.ts';
import { FULL } from '../support/long-form.ts';
import { type Bursting, bursting, type Changes, changed, ends, MINUTE_MS, mostInAMinute, opened } from './bursting.ts';

// What may befall a channel in the middle of a burst. The other channel of the same bot is to notice nothing of it.

const FORM = { channels: 2, cards: 8 };
const CHANGES: Changes = { count: 80, ms: 8_000, areTold: true };
const HOUR_MS = 60 * MINUTE_MS;
/** What Slack may ask for: an hour; in `npm test` some minutes. */
const ASKED_MS = FULL ? HOUR_MS : 5 * MINUTE_MS;

function edits({ slack }: Bursting, from = 0) {
  return slack.log.filter(({ method, at }) => method === 'chat.update' && at >= from);
}

function standing(burst: Bursting, team: number): readonly string[] {
  return burst.slack.workspace.messages.inChannel(burst.ids[team]?.id ?? '').map(({ text }) => text);
}

/** What its cards show in the end. */
function endsOf(burst: Bursting, team: number): readonly string[] {
  const numbers = burst.teams[team]?.numbers ?? [];
  return ends(burst, CHANGES).filter((text) => numbers.includes(Number(/#(\d+)/.exec(text)?.[1])));
}

async function isRight({ inbox, teams }: Bursting, team: number): Promise<boolean> {
  return (await inbox.cardsBehind(teams[team]?.name ?? '', 1)).length === 0;
}

const BEFALLS = {
  archived: (burst: Bursting, is: boolean) => burst.slack.people.archive(burst.ids[0]?.id ?? '', is),
  'without its bot': (burst: Bursting, is: boolean) => {
    const channel = burst.slack.workspace.channels.find(({ id }) => id === burst.ids[0]?.id);
    const app = burst.slack.workspace.settings.apps[0];
    if (is) channel?.members.delete(app?.userId ?? '');
    else channel?.members.add(app?.userId ?? '');
  },
};

for (const [what, befall] of Object.entries(BEFALLS).slice(0, FULL ? 2 : 1)) {
  test(`a channel is ${what} in mid-burst: the other’s cards are right in time, its own once it is well and somebody says so`, async (t) => {
    const scopes = SCOPES.filter((scope) => scope !== 'chat:write.public');
    const burst = await bursting(t, { ...FORM, scopes });
    const { time, slack, inbox, clock } = burst;
    await opened(burst);
    clock.after(3_000, () => befall(burst, true));
    await changed(burst, CHANGES);
    await time.until(() => isRight(burst, 1), 90_000);
    assert.deepEqual(standing(burst, 1).toSorted(), endsOf(burst, 1));
    await time.pass(MINUTE_MS);
    assert.ok(!(await isRight(burst, 0)));
    const asked = slack.log.filter(({ error }) => error !== null);
    assert.ok(asked.length <= 3, `asked ${asked.length} times in vain`);
    befall(burst, false);
    assert.equal((await inbox.resume('c0')).wasBroken, true);
    await time.until(() => isRight(burst, 0), 90_000);
    assert.deepEqual(standing(burst, 0).toSorted(), endsOf(burst, 0));
    assert.deepEqual([slack.limited, slack.violations], [[], []]);
  });
}

test('asked to wait for long, no card of the bot is edited for so long, messages go on, and then all are right', async (t) => {
  const burst = await bursting(t, FORM);
  const { time, slack, clock, areRight, shown } = burst;
  await opened(burst);
  const began = clock.now();
  slack.failNext('chat.update', { error: 'ratelimited', status: 429, retryAfter: ASKED_MS / 1_000 });
  await changed(burst, CHANGES);
  await time.pass(ASKED_MS - MINUTE_MS);
  assert.deepEqual(edits(burst, began), []);
  const told = slack.messages.filter(({ at, ts, root }) => at >= began && ts !== root).length;
  assert.ok(told > 8, `${told} messages`);
  await time.until(areRight, 2 * MINUTE_MS);
  assert.deepEqual(shown(), ends(burst, CHANGES));
  assert.equal(slack.calls.filter((method) => method === 'chat.update').length, edits(burst, began).length + 1);
  assert.ok(mostInAMinute(edits(burst, began).map(({ at }) => at)) <= 50);
  assert.deepEqual([slack.limited, slack.violations], [[], []]);
});

test('new cards are asked to wait for long: one call, nothing is told without its card, and then all is well', async (t) => {
  const burst = await bursting(t, { channels: 1, cards: 4 });
  const { time, slack, areRight, shop, inbox, shown } = burst;
  slack.failNext('chat.postMessage', { error: 'ratelimited', status: 429, retryAfter: ASKED_MS / 1_000 });
  await shop.feed(inbox, ['#1 open Fix it', '#2 open Fix it'], ['c0']);
  await time.pass(ASKED_MS - MINUTE_MS);
  assert.deepEqual(slack.calls, ['chat.postMessage']);
  await time.until(async () => (await areRight()) && shown().length === 2, 3 * MINUTE_MS);
  await time.pass(MINUTE_MS);
  assert.equal(slack.workspace.messages.all.filter(({ threadTs }) => threadTs !== null).length, 2);
  assert.deepEqual([slack.limited, slack.violations], [[], []]);
});

for (const byMs of FULL ? [-HOUR_MS, HOUR_MS] : [-HOUR_MS]) {
  test(`the worker’s clock is set by ${byMs / HOUR_MS} hours in mid-burst: cards are right in time, and Slack is not asked too often`, async (t) => {
    let setBy = 0;
    const clock = (of: Clock): Clock => ({
      now: () => of.now() + setBy,
      monotonic: () => of.monotonic(),
      after: (ms, fire) => of.after(ms, fire),
    });
    const burst = await bursting(t, { ...FORM, clock });
    const { time, slack, areRight, shown } = burst;
    await opened(burst);
    const began = burst.clock.now();
    burst.clock.after(4_000, () => (setBy = byMs));
    await changed(burst, { ...CHANGES, areTold: false });
    await time.until(areRight, 90_000);
    // Facts without a time of their own are as of their receipt, so what came before the clock was set may stand.
    if (byMs > 0) assert.deepEqual(shown(), ends(burst, CHANGES));
    assert.ok(mostInAMinute(edits(burst, began).map(({ at }) => at)) <= 50);
    assert.deepEqual([slack.limited, slack.violations], [[], []]);
  });
}

test('a minute’s edits are spent by somebody else’s copy of the bot: one call too many, one pause, and then all are right', async (t) => {
  const burst = await bursting(t, FORM);
  const { time, slack, areRight, shown } = burst;
  await opened(burst);
  slack.spend('chat.update', 50);
  await changed(burst, { ...CHANGES, areTold: false });
  await time.until(areRight, 2 * MINUTE_MS);
  assert.deepEqual(shown(), ends(burst, CHANGES));
  // What a call waits in its queue the store takes for time, the machine's beside the test's: a busy one ends a pause a little early.
  const early = slack.violations.filter((violation) => violation.includes('again 1 s before'));
  assert.deepEqual([slack.limited.length, slack.violations], [1 + early.length, early]);
  assert.ok(early.length <= 1, early.join('; '));
});

test('ten thousand events of one pull request are one card, edited in its turn, and told in few messages', async (t) => {
  const burst = await bursting(t, { channels: 1, cards: 1 });
  const { clock, time, slack, areRight, shown, inbox, shop } = burst;
  await opened(burst);
  const began = clock.now();
  const [events, rounds] = [FULL ? 10_000 : 300, 10];
  for (let round = 0; round < rounds; round++) {
    const titles = Array.from({ length: events / rounds }, (_, n) => `#0 open change ${round * (events / rounds) + n}`);
    await shop.feed(inbox, titles, ['c0']);
    await time.pass(1_000);
  }
  await time.until(areRight, 90_000);
  assert.deepEqual(shown(), [`Open: #0 open change ${events - 1}`]);
  await time.pass(events * 10);
  const below = slack.messages.filter(({ at, ts, root }) => at >= began && ts !== root).length;
  t.diagnostic(`${events} events: ${edits(burst, began).length} edits, ${below} messages`);
  assert.ok(edits(burst, began).length <= 10 && below <= events / 50 + 10, `${below} messages`);
  assert.deepEqual([slack.limited, slack.violations], [[], []]);
});
