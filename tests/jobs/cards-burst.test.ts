import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { slackDestination } from '../../src/destinations/slack/slack-destination.ts';
import { EXPAND_LANE } from '../../src/model/inbox/lanes.ts';
import { Secret } from '../../src/shared/secret.ts';
import { counted } from '../../src/text/words.ts';
import { SCOPES } from '../doubles/slack/asking.ts';
import type { LoggedCall } from '../doubles/slack/web-api.ts';
import { startSlackApi } from '../doubles/slack-api.ts';
import { FULL } from '../support/long-form.ts';
import { CARDED } from './carded.ts';
import { PassingTime } from './passing-time.ts';
import { TestClock } from './test-clock.ts';
import { Workshop } from './workshop.ts';

// Time is the test's: what is said in seconds here took so long by the clock of worker and Slack alike.

const MINUTE_MS = 60_000;
const CARDS = 50;
const CHANGES = 500;
const AT_ONCE = 10;

interface Team {
  readonly name: string;
  readonly numbers: readonly number[];
}

/** `channels` share the cards evenly: one worker, one bot, Slack's own limits. */
async function bursting(t: TestContext, channels: number) {
  const clock = new TestClock();
  const time = new PassingTime(clock);
  const shop = await Workshop.open(t, clock);
  const teams: readonly Team[] = Array.from({ length: channels }, (_, n) => {
    const numbers = Array.from({ length: CARDS }, (_each, number) => number).filter(
      (number) => number % channels === n,
    );
    return { name: `c${n}`, numbers };
  });
  const slack = await startSlackApi({
    clock,
    scopes: SCOPES,
    channels: teams.map(({ name }, n) => ({ id: `C000000${n + 1}`, name })),
  });
  t.after(() => slack.close());
  const inbox = time.inbox(await shop.inbox());
  const bots = teams.map(({ name }) => {
    const token = new Secret(slack.token);
    const made = { name, token, channel: `#${name}`, apiUrl: slack.url, perSecond: 1, hasCards: true, clock };
    return time.destination(slackDestination(made));
  });
  shop.worker(inbox, bots, { sources: new Map([['github', CARDED]]) });
  const areRight = async () => {
    const lanes = await Promise.all(teams.map(({ name }) => inbox.cardsBehind(name, 1)));
    const pending = (await inbox.depths()).find(({ lane }) => lane === EXPAND_LANE)?.depth;
    return !pending && lanes.every((behind) => behind.length === 0);
  };
  const shown = () => {
    const cards = slack.workspace.messages.all.filter(({ threadTs }) => threadTs === null);
    return cards.map(({ text }) => text).toSorted();
  };
  return { clock, time, shop, slack, inbox, teams, areRight, shown };
}

type Bursting = Awaited<ReturnType<typeof bursting>>;

async function opened({ shop, inbox, teams, time, areRight }: Bursting): Promise<void> {
  for (const { name, numbers } of teams) {
    await shop.feed(
      inbox,
      numbers.map((number) => `#${number} open as new`),
      [name],
    );
  }
  await time.until(areRight);
  await time.pass(2 * MINUTE_MS);
}

/** 500 changes in ten seconds, each of another card than the one before. */
async function changed({ shop, inbox, teams, time }: Bursting, isTold: boolean): Promise<void> {
  const titles = (numbers: readonly number[], from: number) =>
    Array.from({ length: AT_ONCE }, (_, n) => from + n)
      .filter((n) => numbers.includes(numberOf(n)))
      .map((n) => `#${numberOf(n)} open change ${n}`);
  for (let n = 0; n < CHANGES; n += AT_ONCE) {
    await Promise.all(teams.map(({ name, numbers }) => shop.feed(inbox, titles(numbers, n), isTold ? [name] : [])));
    await time.pass((10_000 * AT_ONCE) / CHANGES);
  }
}

function numberOf(n: number): number {
  return (n * 7) % CARDS;
}

/** What each card shows in the end. */
function ends(): readonly string[] {
  const last = new Map(Array.from({ length: CHANGES }, (_, n) => [numberOf(n), n]));
  return [...last].map(([number, n]) => `Open: #${number} open change ${n}`).toSorted();
}

/** The most in any minute. */
function mostInAMinute(times: readonly number[]): number {
  return Math.max(0, ...times.map((begin) => times.filter((at) => at >= begin && at < begin + MINUTE_MS).length));
}

/** In each channel, of the cards that showed too little the one that did so first was edited next: to one round of changes. */
function assertInTurn(edits: readonly LoggedCall[], began: number): void {
  const roundMs = (10_000 * AT_ONCE) / CHANGES;
  const changes = Array.from({ length: CHANGES }, (_, n) => ({
    number: numberOf(n),
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
  test(`500 changes on 50 cards in ten seconds (${how}): all are right within 90 s, and Slack is never asked too often`, async (t) => {
    const burst = await bursting(t, channels);
    const { clock, time, slack, areRight, shown } = burst;
    await opened(burst);
    const began = clock.now();
    await changed(burst, isTold);
    assert.equal(clock.now() - began, 10_000);
    await time.until(areRight);
    const ms = clock.now() - began;
    const calls = slack.log.filter(({ at }) => at >= began);
    const edits = calls.filter(({ method }) => method === 'chat.update');
    t.diagnostic(`right after ${ms / 1000} s, ${edits.length} edits of ${calls.length} calls`);
    assert.deepEqual(shown(), ends());
    assert.ok(ms <= 90_000, `right after ${ms / 1000} s`);
    assert.ok(mostInAMinute(edits.map(({ at }) => at)) <= 50);
    assertInTurn(edits, began);
    assert.deepEqual([slack.limited, slack.violations], [[], []]);
    const ofChannel = Map.groupBy(edits.slice(8, 33), ({ args }) => args['channel']);
    for (const [channel, some] of ofChannel)
      assert.ok(some.length >= 25 / channels - 1, `${some.length} in ${String(channel)}`);
    assert.equal(ofChannel.size, channels);
  });
}
