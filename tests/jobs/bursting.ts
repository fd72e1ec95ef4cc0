import type { TestContext } from 'node:test';
import { slackDestination } from '../../src/destinations/slack/slack-destination.ts';
import { EXPAND_LANE } from '../../src/model/inbox/lanes.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { SCOPES } from '../doubles/slack/asking.ts';
import { startSlackApi } from '../doubles/slack-api.ts';
import { CARDED } from './carded.ts';
import { PassingTime } from './passing-time.ts';
import { TestClock } from './test-clock.ts';
import { Workshop } from './workshop.ts';

// Time is the test's: what is said in seconds here took so long by the clock of worker and Slack alike.

export const MINUTE_MS = 60_000;
/** One round of changes comes at once. */
export const AT_ONCE = 10;

export interface Team {
  readonly name: string;
  readonly numbers: readonly number[];
}

export interface BurstForm {
  readonly channels: number;
  readonly cards: number;
  /** Of the worker and its store. Default: the one that Slack has. */
  readonly clock?: (slack: TestClock) => Clock;
  readonly scopes?: readonly string[];
}

export type Bursting = Awaited<ReturnType<typeof bursting>>;

/** `channels` share the cards evenly: one worker, one bot, Slack's own limits. */
export async function bursting(t: TestContext, { channels, cards, clock: clockOf, scopes = SCOPES }: BurstForm) {
  const clock = new TestClock();
  const time = new PassingTime(clock);
  const shop = await Workshop.open(t, clockOf?.(clock) ?? clock);
  const teams: readonly Team[] = Array.from({ length: channels }, (_, n) => {
    const numbers = Array.from({ length: cards }, (_each, number) => number).filter(
      (number) => number % channels === n,
    );
    return { name: `c${n}`, numbers };
  });
  const ids = teams.map(({ name }, n) => ({ id: `C000000${n + 1}`, name }));
  const slack = await startSlackApi({ clock, scopes, channels: ids });
  t.after(() => slack.close());
  const inbox = time.inbox(await shop.inbox());
  const bots = teams.map(({ name }) => {
    const token = new Secret(slack.token);
    const made = { name, token, channel: `#${name}`, apiUrl: slack.url, perSecond: 1, hasCards: true, clock };
    return time.destination(slackDestination(made));
  });
  // Nothing is lost here: to look without being woken only takes time.
  shop.worker(inbox, bots, { sources: new Map([['github', CARDED]]), timing: { pollMs: 10_000 } });
  const areRight = async () => {
    const lanes = await Promise.all(teams.map(({ name }) => inbox.cardsBehind(name, 1)));
    const pending = (await inbox.depths()).find(({ lane }) => lane === EXPAND_LANE)?.depth;
    return !pending && lanes.every((behind) => behind.length === 0);
  };
  const shown = () => {
    const top = slack.workspace.messages.all.filter(({ threadTs, state }) => threadTs === null && state === 'standing');
    return top.map(({ text }) => text).toSorted();
  };
  return { clock, time, shop, slack, inbox, teams, ids, cards, areRight, shown };
}

export async function opened({ shop, inbox, teams, time, areRight }: Bursting): Promise<void> {
  for (const { name, numbers } of teams) {
    await shop.feed(
      inbox,
      numbers.map((number) => `#${number} open as new`),
      [name],
    );
  }
  await time.until(areRight);
  await time.pass(5_000);
}

export interface Changes {
  readonly count: number;
  readonly ms: number;
  readonly areTold: boolean;
}

/** Evenly, each of another card than the one before. */
export async function changed(burst: Bursting, { count, ms, areTold }: Changes): Promise<void> {
  const { shop, inbox, teams, time, cards } = burst;
  const titles = (numbers: readonly number[], from: number) =>
    Array.from({ length: AT_ONCE }, (_, n) => from + n)
      .filter((n) => numbers.includes(numberOf(n, cards)))
      .map((n) => `#${numberOf(n, cards)} open change ${n}`);
  for (let n = 0; n < count; n += AT_ONCE) {
    await Promise.all(teams.map(({ name, numbers }) => shop.feed(inbox, titles(numbers, n), areTold ? [name] : [])));
    await time.pass((ms * AT_ONCE) / count);
  }
}

export function numberOf(n: number, cards: number): number {
  return (n * 7) % cards;
}

/** What each card shows in the end. */
export function ends({ cards }: Bursting, { count }: Changes): readonly string[] {
  const last = new Map(Array.from({ length: count }, (_, n) => [numberOf(n, cards), n]));
  return [...last].map(([number, n]) => `Open: #${number} open change ${n}`).toSorted();
}

/** The most in any minute. */
export function mostInAMinute(times: readonly number[]): number {
  return Math.max(0, ...times.map((begin) => times.filter((at) => at >= begin && at < begin + MINUTE_MS).length));
}
