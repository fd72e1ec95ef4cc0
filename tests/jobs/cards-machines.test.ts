import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { slackDestination } from '../../src/destinations/slack/slack-destination.ts';
import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import type { Destination } from '../../src/model/destination.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { startSlackApi } from '../doubles/slack-api.ts';
import { FULL } from '../support/long-form.ts';
import { freshDatabase } from '../support/postgres.ts';
import { CARDED } from './carded.ts';
import { Workshop } from './workshop.ts';

const TEAMS = ['red', 'blue'];
const MINUTE_MS = 60_000;

interface Form {
  /** In each channel. */
  readonly cards: number;
  readonly perSecond: number;
  /** Slack's least spacing, ms; 0: it has no limits. */
  readonly intervalMs: number;
  readonly changed?: (made: Destination) => Destination;
}

/** Two workers at one Postgres, as on two machines, each with a channel of one bot. */
async function machines(t: TestContext, { cards, perSecond, intervalMs, changed = (made) => made }: Form) {
  const shop = await Workshop.open(t);
  const stack = new AsyncDisposableStack();
  t.after(() => stack.disposeAsync());
  const database = stack.use(await freshDatabase());
  const channels = TEAMS.map((name, n) => ({ id: `C000000${n + 1}`, name }));
  const slack = stack.use(await startSlackApi({ intervalMs, channels }));
  const open = () => openPostgresInbox({ url: new Secret(database.url), clock: systemClock });
  const inboxes = [stack.use(await open()), stack.use(await open())] as const;
  for (const [n, inbox] of inboxes.entries()) {
    const bots = TEAMS.map((name) => {
      const token = new Secret(slack.token);
      return slackDestination({ name, token, channel: `#${name}`, apiUrl: slack.url, perSecond, hasCards: true });
    });
    // One lane each, as it may come.
    const acquire: typeof inbox.acquire = (owner, lanes, ...rest) =>
      inbox.acquire(
        owner,
        lanes.filter((lane) => lane !== TEAMS[1 - n]),
        ...rest,
      );
    shop.worker({ ...inbox, acquire }, bots.map(changed), {
      sources: new Map([['github', CARDED]]),
      timing: { renewMs: 50 },
    });
  }
  const [inbox] = inboxes;
  const titles = (state: string, team: number) =>
    Array.from({ length: cards }, (_, n) => `#${team * cards + n} ${state} Fix it`);
  for (const [n, name] of TEAMS.entries()) await shop.feed(inbox, titles('open', n), [name]);
  await slack.until(() => slack.workspace.messages.all.filter(({ threadTs }) => threadTs !== null).length > 0);
  const shown = () => slack.workspace.messages.all.filter(({ threadTs }) => threadTs === null).map(({ text }) => text);
  await slack.until(() => shown().length === TEAMS.length * cards, 3 * MINUTE_MS);
  const edits = () => slack.log.filter(({ method }) => method === 'chat.update').map(({ at }) => at);
  return {
    slack,
    shop,
    inbox,
    shown,
    edits,
    change: () =>
      shop.feed(
        inbox,
        TEAMS.flatMap((_, n) => titles('merged', n)),
        [],
      ),
  };
}

test('two channels of one bot, on two machines, share the account of its edits', async (t) => {
  const changed = (made: Destination): Destination => {
    const { cards } = made;
    const edits = cards?.edits && { ...cards.edits, intervalMs: 1_800_000 };
    return { ...made, ...(cards && { cards: { ...cards, edits } }) };
  };
  const { slack, inbox, edits, change } = await machines(t, { cards: 2, perSecond: 1_000, intervalMs: 0, changed });
  await change();
  await slack.until(() => edits().length > 0);
  const behind = async () => (await Promise.all(TEAMS.map((name) => inbox.cardsBehind(name, 9)))).flat().length;
  while ((await behind()) < 3) await inbox.check();
  // Both lanes look again with each renewal.
  for (let n = 0; n < 50; n++) await inbox.check();
  assert.deepEqual([edits().length, await behind()], [1, 3]);
  assert.deepEqual(slack.violations, []);
});

test('60 cards of one bot on two machines are edited in at most 50 calls a minute', {
  skip: !FULL,
  timeout: 900_000,
}, async (t) => {
  const { slack, shown, edits, change } = await machines(t, { cards: 30, perSecond: 1, intervalMs: 1_000 });
  await change();
  await slack.until(() => shown().every((text) => text.startsWith('Merged')), 5 * MINUTE_MS);
  const most = Math.max(
    ...edits().map((begin) => edits().filter((at) => at >= begin && at < begin + MINUTE_MS).length),
  );
  t.diagnostic(`${edits().length} edits, ${most} in a minute at most`);
  assert.ok(most <= 50);
  assert.deepEqual([slack.violations, slack.limited], [[], []]);
});
