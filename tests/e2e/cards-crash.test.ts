import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { renderCard, type SlackCard } from '../../src/destinations/slack/cards/render-card.ts';
import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import { type Inbox, InboxUnavailableError } from '../../src/model/inbox.ts';
import { heardOf, mergedHeard } from '../../src/model/known/facts.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { know } from '../../src/sources/github/know/know.ts';
import type { Message } from '../doubles/slack/messages.ts';
import { type SlackApiDouble, startSlackApi } from '../doubles/slack-api.ts';
import { githubExamples } from '../fixtures/github-examples.ts';
import { githubLife, type Life } from '../fixtures/github-life.ts';
import { contentsOf } from '../fixtures/life-card.ts';
import { allEvents, configure, dataDir, drained, openInbox } from '../support/data-dir.ts';
import { type Delivery, deliver, delivery } from '../support/github.ts';
import { beginInProcess, serverInProcess } from '../support/in-process.ts';
import { FULL, tried } from '../support/long-form.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { freshDatabase } from '../support/postgres.ts';
import { seeded } from '../support/seeded.ts';
import { runTidings, type TidingsProcess } from '../support/tidings-process.ts';

const LIVES = FULL ? 200 : 12;
const STEPS = FULL ? 40 : 16;
const KILLS = FULL ? 5 : 1;
const EXAMPLES = FULL ? 1 : 8;
const AT_ONCE = 8;

const REPOS = ['Acme/API', 'Acme/Web'];
const CHANNELS = [
  { id: 'C0000001', name: 'all', sees: REPOS },
  { id: 'C0000002', name: 'web', sees: REPOS.slice(1) },
];
const ON = {
  pull_request: ['opened', 'merged', 'closed', 'reopened', 'labeled', 'review_requested', 'ready_for_review'],
  pull_request_review: ['submitted'],
  issue_comment: ['created'],
  issues: ['opened', 'closed'],
};

/** What is delivered, and what is known of its content. */
interface Told extends Delivery {
  readonly payload: unknown;
}

function toldOf(type: string, payload: unknown): Told {
  return { ...delivery(type, payload), payload };
}

/** Out of order; every tenth twice, by the same delivery or as another; every tenth some minutes later than all others. */
function arrivals(chance: () => number, happened: readonly Told[]): { readonly first: Told[]; readonly late: Told[] } {
  const doubled = happened.flatMap((each) => {
    const again = chance();
    return again < 0.05 ? [each, each] : again < 0.1 ? [each, { ...each, guid: randomUUID() }] : [each];
  });
  const shuffled = doubled.map((each) => ({ each, place: chance() })).toSorted((a, b) => a.place - b.place);
  const all = shuffled.map(({ each, place }) => ({ each, isLate: (place * 1e6) % 10 < 1 }));
  const of = (isMeant: boolean) => all.filter(({ isLate }) => isLate === isMeant).map(({ each }) => each);
  return { first: of(false), late: of(true) };
}

const STORES = ['postgres', 'sqlite'] as const;

for (const store of FULL ? STORES : STORES.filter((_, n) => n === Math.floor(Math.random() * 2))) {
  test(`${LIVES} pull requests, their events out of order, twice and late, workers killed in mid-send: each has one right card, and all else is below it (${store})`, {
    timeout: FULL ? 3_600_000 : 180_000,
  }, async (t) => {
    await using stack = new AsyncDisposableStack();
    const dir = stack.use(await dataDir());
    const database = store === 'sqlite' ? null : stack.use(await freshDatabase({ empty: true }));
    const slack = stack.use(await startSlackApi({ intervalMs: 0, channels: CHANNELS }));
    const env = { SLACK_API_URL: slack.url, ...(database && { DATABASE_URL: database.url }) };
    const bot = { type: 'slack', token: slack.token, card: true, per_second: 0 };
    await configure(dir.path, {
      destinations: Object.fromEntries(CHANNELS.map(({ name }) => [name, { ...bot, channel: `#${name}` }])),
      rules: [
        { on: ON, to: 'all' },
        { on: ON, repos: ['acme/web'], to: 'web' },
      ],
    });
    const receiver = stack.use(await serverInProcess('receive', dir.path, env));
    const inbox = patient(
      stack.use(
        database === null
          ? await openInbox(dir.path)
          : await openPostgresInbox({ url: new Secret(database.url), clock: systemClock }),
      ),
    );
    const crowd = stack.use(new Crowd(inbox, () => runTidings(['work'], dir.path, env)));

    const seed = Math.floor(Math.random() * 1e6);
    t.diagnostic(`seed ${seed}`);
    const lives = Array.from({ length: LIVES }, (_, n) =>
      githubLife(seed + n, STEPS, { repo: REPOS[n % REPOS.length] ?? '', number: 100 + n }),
    );
    const examples = githubExamples().filter((_, n) => (n + seed) % EXAMPLES === 0);
    const happened = [...lives.flatMap(({ events }) => events), ...examples];
    const chance = seeded(seed);
    const { first, late } = arrivals(
      chance,
      happened.map(({ type, payload }) => toldOf(type, payload)),
    );

    await crowd.grow(FULL && store === 'postgres' ? 3 : 1);
    for (let kill = 1; kill <= KILLS; kill++) {
      // What was taken, and never answered, before whoever asked is gone.
      const held = slack.holdNext(kill % 2 === 1 ? 'chat.postMessage' : 'chat.update', 'after');
      const part = Math.ceil(first.length / KILLS);
      const sent = send(receiver.url, first.slice((kill - 1) * part, kill * part));
      await held.reached;
      await crowd.kill(CHANNELS[0]?.name ?? '');
      held.cut();
      await sent;
      if (FULL) await crowd.grow(1);
    }
    // Nobody kills these: in `npm test` they take no process.
    const spare = FULL ? [] : Array.from({ length: store === 'postgres' ? 2 : 1 });
    for (const _ of spare) stack.use(await beginInProcess(['work'], dir.path, env));
    await settled(inbox);
    await send(receiver.url, late);
    await settled(inbox);

    const known = await knownOf(inbox, [...first, ...late]);
    for (const channel of CHANNELS) assertChannel(slack, channel, lives, known);
    assert.deepEqual([slack.violations, slack.limited], [[], []]);
    const edits = slack.calls.filter((method) => method === 'chat.update').length;
    t.diagnostic(`${first.length + late.length} deliveries, ${slack.calls.length} calls, ${edits} of them edits`);
    tried(t, KILLS, 'kills of a worker that shows cards');
  });
}

/** Beside thousands of events a server may be too busy to count them. */
function patient(inbox: Inbox): Inbox {
  const depths: Inbox['depths'] = async () => {
    for (const deadline = systemClock.now() + PATIENCE_MS; ; ) {
      try {
        return await inbox.depths();
      } catch (error) {
        if (!(error instanceof InboxUnavailableError) || systemClock.now() > deadline) throw error;
      }
    }
  };
  return { ...inbox, depths };
}

async function send(url: string, all: readonly Delivery[]): Promise<void> {
  const queue = [...all];
  const sender = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      assert.equal((await deliver(url, next)).status, 200);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
}

/** Everything is told, and each card shows all that is known. */
async function settled(inbox: Inbox): Promise<void> {
  await drained(inbox);
  for (const deadline = systemClock.now() + PATIENCE_MS; ; await setTimeout(25)) {
    const behind = (await Promise.all(CHANNELS.map(({ name }) => inbox.cardsBehind(name, 10)))).flat();
    if (behind.length === 0) return;
    assert.ok(systemClock.now() < deadline, `still behind: ${behind.map(({ thread }) => thread).join(' ')}`);
  }
}

/** Workers, each a process, of which one dies now and then. */
class Crowd implements AsyncDisposable {
  readonly #inbox: Inbox;
  readonly #start: () => Promise<TidingsProcess>;
  readonly #living = new Set<TidingsProcess>();

  constructor(inbox: Inbox, start: () => Promise<TidingsProcess>) {
    this.#inbox = inbox;
    this.#start = start;
  }

  async grow(count: number): Promise<void> {
    for (const each of await Promise.all(Array.from({ length: count }, this.#start))) this.#living.add(each);
  }

  /** Whoever holds this lane. Its leases end at once, as they would in ten seconds. */
  async kill(lane: string): Promise<void> {
    const owner = (await this.#inbox.depths()).find((each) => each.lane === lane)?.owner ?? '';
    const held = [...this.#living].find(({ child }) => owner.includes(`-${child.pid}-`));
    assert.ok(held, `nobody holds ${lane}`);
    this.#living.delete(held);
    await held.kill();
    await this.#inbox.release(owner);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#living].map((each) => each.stop()));
  }
}

type Known = ReadonlyMap<string, SlackCard>;

/** What cards of recorded payloads show: of the same second counts what came last, which the store numbered. */
async function knownOf(inbox: Inbox, told: readonly Told[]): Promise<Known> {
  const stored = new Map((await allEvents(inbox)).map((event) => [event.deliveryId, event]));
  const heard = mergedHeard(
    told.flatMap(({ guid, type, payload }) => heardOf(know(type, payload), stored.get(guid) ?? assert.fail(guid))),
  );
  const subjects = new Map(heard.map((each) => [each.thread, { ...each, version: 1 }]));
  const shown = [...subjects.values()].map((subject): [string, SlackCard] => {
    const checks = subjects.get(String(subject.facts['checks']?.value)) ?? null;
    return [subject.thread, renderCard({ thread: subject.thread, subject, checks })];
  });
  return new Map(shown);
}

/** A message as text: equal where it looks the same. */
function looks({ text, blocks }: SlackCard | Message): string {
  return JSON.stringify({ text, blocks });
}

function assertChannel(
  slack: SlackApiDouble,
  channel: (typeof CHANNELS)[number],
  lives: readonly Life[],
  known: Known,
) {
  const standing = [...slack.workspace.messages.inChannel(channel.id)];
  const mine = lives.filter((_, n) => channel.sees.includes(REPOS[n % REPOS.length] ?? ''));
  for (const life of mine) {
    const link = `/pull/${life.number}|`;
    const cards = standing.filter((message) => looks(message).includes(link));
    const [card] = cards;
    assert.ok(card && cards.length === 1, `${channel.name}: ${cards.length} cards of ${life.thread}`);
    const right = contentsOf(life).map((content) => looks(renderCard(content)));
    assert.ok(right.includes(looks(card)), `${life.thread}: ${looks(card)}\nshould be one of\n${right.join('\n')}`);
    for (const reply of slack.workspace.messages.replies(card)) {
      const links = looks(reply).match(/\/pull\/\d+[|#]/g) ?? [];
      assert.ok(
        links.every((each) => each.slice(0, -1) === link.slice(0, -1)),
        looks(reply),
      );
    }
    standing.splice(standing.indexOf(card), 1);
  }
  // All that stands beside them is a card too, each of another subject.
  const others = new Map([...known].map(([thread, card]) => [looks(card), thread]));
  for (const message of standing) assert.ok(others.delete(looks(message)), `${channel.name}: ${looks(message)}`);
}
