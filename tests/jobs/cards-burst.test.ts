import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counted } from '../../src/text/words.ts';
import type { LoggedCall } from '../doubles/slack/web-api.ts';
import { FULL } from '../support/long-form.ts';
import { AT_ONCE, bursting, type Changes, changed, ends, mostInAMinute, numberOf, opened } from './bursting.ts';

/** In `npm test` two fifths of it. */
const CARDS = FULL ? 50 : 20;
const CHANGES = { count: 10 * CARDS, ms: 10_000 };
const LIMIT_MS = FULL ? 90_000 : 40_000;

/** In each channel, of the cards that showed too little the one that did so first was edited next: to one round of changes. */
function assertInTurn(edits: readonly LoggedCall[], began: number): void {
  const roundMs = (CHANGES.ms * AT_ONCE) / CHANGES.count;
  const changes = Array.from({ length: CHANGES.count }, (_, n) => ({
    number: numberOf(n, CARDS),
    at: began + Math.floor(n / AT_ONCE) * roundMs,
  }));
  for (const ofChannel of Map.groupBy(edits, ({ args }) => args['channel']).values()) {
    const editedAt = new Map<number, number>();
    const since = (number: number, at: number) =>
      changes.find((each) => each.number === number && each.at > (editedAt.get(number) ?? 0) && each.at <= at)?.at;
    const here = new Set(ofChannel.map(cardIn));
    for (const edit of ofChannel) {
      const mine = since(cardIn(edit), edit.at) ?? Number.NaN;
      const others = [...here].flatMap((number) => since(number, edit.at) ?? []);
      assert.ok(mine <= Math.min(...others) + roundMs, `${cardIn(edit)} passes another`);
      editedAt.set(cardIn(edit), edit.at);
    }
  }
}

function cardIn({ args: { text } }: LoggedCall): number {
  return Number(/#(\d+)/.exec(typeof text === 'string' ? text : '')?.[1]);
}

const FORMS = [
  { channels: 1, isTold: true },
  { channels: 1, isTold: false },
  { channels: 2, isTold: true },
  { channels: 5, isTold: true },
  { channels: 5, isTold: false },
];

for (const { channels, isTold } of FULL ? FORMS : FORMS.slice(0, 1)) {
  const how = `${counted(channels, 'channel')}, ${isTold ? 'each told below its card' : 'told on cards alone'}`;
  test(`${CHANGES.count} changes on ${CARDS} cards in ten seconds (${how}): all are right within ${LIMIT_MS / 1000} s, and Slack is never asked too often`, async (t) => {
    const burst = await bursting(t, { channels, cards: CARDS });
    const { clock, time, slack, areRight, shown } = burst;
    await opened(burst);
    const began = clock.now();
    const changes: Changes = { ...CHANGES, areTold: isTold };
    await changed(burst, changes);
    assert.equal(clock.now() - began, 10_000);
    await time.until(areRight);
    const ms = clock.now() - began;
    const calls = slack.log.filter(({ at }) => at >= began);
    const edits = calls.filter(({ method }) => method === 'chat.update');
    t.diagnostic(`right after ${ms / 1000} s, ${edits.length} edits of ${calls.length} calls`);
    assert.deepEqual(shown(), ends(burst, changes));
    assert.ok(ms <= LIMIT_MS, `right after ${ms / 1000} s`);
    assert.ok(mostInAMinute(edits.map(({ at }) => at)) <= 50);
    assertInTurn(edits, began);
    assert.deepEqual([slack.limited, slack.violations], [[], []]);
    const ofChannel = Map.groupBy(edits.slice(8, 8 + CARDS / 2), ({ args }) => args['channel']);
    for (const [channel, some] of ofChannel)
      assert.ok(some.length >= CARDS / 2 / channels - 1, `${some.length} in ${String(channel)}`);
    assert.equal(ofChannel.size, channels);
  });
}
