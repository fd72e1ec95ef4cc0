import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { CardRack, CardView, Destination, Receipt, Shown } from '../../src/model/destination.ts';
import type { Source } from '../../src/model/source.ts';
import { activity } from '../fixtures/stored.ts';
import { SENT, Workshop } from './workshop.ts';

const THREAD = 'acme/api#12';

/** `open 1`: what happened is that title, and the state its first word. */
const SOURCE = {
  normalise: (event) => {
    const { title, to } = JSON.parse(event.body.toString());
    return { kind: 'activity', activity: activity({ headline: title, labels: to, thread: THREAD }) };
  },
  know: (_type, payload) => {
    const { title } = payload as { readonly title: string };
    const facts = [
      { name: 'title', value: title, at: null },
      { name: 'state', value: title.split(' ')[0] ?? '', at: null },
    ];
    return [{ thread: THREAD, facts }];
  },
} as Partial<Source> as Source;
const SOURCES = new Map([['github', SOURCE]]);

interface Told {
  readonly card: boolean;
  readonly says: string;
  /** Below which it went, or which was edited. */
  readonly at: Receipt | null;
  readonly posts?: number;
}

type Answer = (view: CardView, count: number) => Shown | Promise<Shown>;

/** A destination with cards, and all that it was asked for in order. */
async function withCards(
  t: TestContext,
  answer: Answer = (_view, count) => posted(count),
  fields: Partial<Destination> = {},
) {
  const shop = await Workshop.open(t);
  const told: Told[] = [];
  let count = 0;
  const titleOf = ({ subject }: Pick<CardView, 'subject'>) => String(subject.facts['title']?.value);
  const cards: CardRack = {
    edits: { rateKey: 'the bot', intervalMs: 0 },
    hash: titleOf,
    show: async (view) => {
      told.push({ card: true, says: titleOf(view), at: view.receipt, posts: view.posts });
      return answer(view, ++count);
    },
  };
  const team = shop.destination('team', () => SENT, { hasCards: true, cards, ...fields });
  const destination: Destination = {
    ...team,
    send: async (message, context) => {
      const outcome = await team.send(message, context);
      const says = team.sends.at(-1)?.titles.join() ?? '';
      told.push({ card: false, says, at: context.thread === null ? null : context.earlier });
      return outcome.kind === 'sent' && context.earlier !== null ? { receipt: context.earlier, ...outcome } : outcome;
    },
  };
  const inbox = await shop.inbox();
  const work = () => shop.worker(inbox, [destination], { sources: SOURCES, timing: { renewMs: 20 } });
  const card = async () => (await inbox.cards('team', [THREAD]))[0] ?? null;
  return { shop, inbox, told, team, work, card };
}

function posted(count: number): Shown {
  return { kind: 'sent', answer: 'ok', receipt: { ts: `${count}` } };
}

test('the first message of a thread waits for its card, and goes below it; what changes after edits the same', async (t) => {
  const { shop, inbox, told, work, card } = await withCards(t, ({ receipt }, count) =>
    receipt === null ? posted(count) : { kind: 'sent', answer: 'ok' },
  );
  work();
  await shop.feed(inbox, ['open one'], ['team']);
  await shop.settled(1);
  await shop.feed(inbox, ['open two'], []);
  await shop.until(() => shop.said(/card edited/));
  assert.deepEqual(told, [
    { card: true, says: 'open one', at: null, posts: 1 },
    { card: false, says: 'open one', at: { ts: '1' } },
    { card: true, says: 'open two', at: { ts: '1' }, posts: 1 },
  ]);
  assert.equal((await card())?.state, 'ready');
  assert.deepEqual(shop.showedCards, ['posted', 'edited']);
});

test('many changes at once are one card that shows the last', async (t) => {
  const { shop, inbox, told, work } = await withCards(t);
  await shop.feed(
    inbox,
    Array.from({ length: 60 }, (_, index) => `open ${index}`),
    [],
  );
  await shop.feed(inbox, ['merged last'], ['team']);
  work();
  await shop.settled(1);
  assert.deepEqual(
    told
      .filter(({ card }) => card)
      .map(({ says }) => says)
      .at(-1),
    'merged last',
  );
  assert.equal(told.filter(({ card }) => card).length, 1);
});

test('a card whose answer was lost is tried again under the same number, also by another worker', async (t) => {
  const { shop, inbox, told, work, card } = await withCards(t, (_view, count) =>
    count === 1 ? { kind: 'unknown', reason: 'cut off' } : posted(count),
  );
  work();
  await shop.feed(inbox, ['open one'], ['team']);
  await shop.settled(1);
  const cards = told.filter(({ card: isCard }) => isCard);
  assert.deepEqual(
    cards.slice(0, 2).map(({ posts }) => posts),
    [1, 1],
  );
  assert.deepEqual((await card())?.receipt, { ts: '2' });
  // What stands may be of the first try, and older.
  await shop.until(() => shop.said(/card edited/));
  assert.deepEqual(told.filter(({ card: isCard }) => isCard).at(-1)?.at, { ts: '2' });
});

test('a card that was deleted comes back once, while it is open', async (t) => {
  const { shop, inbox, told, work, card } = await withCards(t, ({ receipt }, count) =>
    receipt === null ? posted(count) : { kind: 'gone', reason: 'somebody deleted it' },
  );
  work();
  await shop.feed(inbox, ['open one'], ['team']);
  await shop.settled(1);
  await shop.feed(inbox, ['open two'], []);
  await shop.until(() => told.length === 4);
  await shop.feed(inbox, ['open three'], []);
  await shop.until(() => told.length === 5);
  await shop.feed(inbox, ['open four'], ['team']);
  await shop.settled(2);
  assert.deepEqual(
    told.filter(({ card: isCard }) => isCard).map(({ posts }) => posts),
    [1, 1, 2, 2],
  );
  assert.deepEqual([(await card())?.state, (await card())?.reason], ['gone', 'somebody deleted it']);
});

test('a card that was deleted when all was over stays away', async (t) => {
  const { shop, inbox, told, work, card } = await withCards(t, ({ receipt }, count) =>
    receipt === null ? posted(count) : { kind: 'gone', reason: 'somebody deleted it' },
  );
  work();
  await shop.feed(inbox, ['open one'], ['team']);
  await shop.settled(1);
  await shop.feed(inbox, ['merged two'], ['team']);
  await shop.settled(2);
  await shop.until(() => told.length === 4);
  assert.equal((await card())?.state, 'gone');
});

test('a card that is refused for good holds no message up', async (t) => {
  const { shop, inbox, told, work, card } = await withCards(t, () => ({ kind: 'rejected', reason: 'too long' }));
  work();
  await shop.feed(inbox, ['open one'], ['team']);
  await shop.settled(1);
  assert.deepEqual(told.at(-1), { card: false, says: 'open one', at: null });
  assert.deepEqual([(await card())?.state, (await card())?.reason], ['gone', 'too long']);
});

test('one that fails for as long as messages are tried holds no message up either', async (t) => {
  const { shop, inbox, told, work, card } = await withCards(t, () => ({ kind: 'retry', reason: 'busy' }));
  work();
  await shop.feed(inbox, ['open one'], ['team']);
  await shop.settled(1);
  assert.deepEqual(
    told.map(({ card: isCard }) => isCard),
    [true, true, true, true, true, false],
  );
  assert.match(String((await card())?.reason), /gave up after 5 tries, the last: busy/);
});

test('where nothing can arrive the lane is held, the card stays wanted, and a word sends both', async (t) => {
  let isArchived = true;
  const { shop, inbox, told, work, card } = await withCards(t, (_view, count) =>
    isArchived ? { kind: 'broken', reason: 'archived' } : posted(count),
  );
  work();
  await shop.feed(inbox, ['open one'], ['team']);
  await shop.until(() => shop.said(/nothing can arrive at team/));
  assert.equal((await card())?.state, 'creating');
  isArchived = false;
  assert.equal((await inbox.resume('team')).wasBroken, true);
  await shop.settled(1);
  assert.deepEqual(
    told.map(({ card: isCard }) => isCard),
    [true, true, false],
  );
});

test('what changes but looks the same is not sent', async (t) => {
  const { shop, inbox, told, work, card } = await withCards(t);
  work();
  await shop.feed(inbox, ['open one'], ['team']);
  await shop.settled(1);
  const { wanted } = (await card()) ?? assert.fail();
  await inbox.learn([{ thread: THREAD, facts: { author: { value: 'mona', at: 1, eventId: 0 } } }]);
  await shop.feed(inbox, ['open one'], ['team']);
  await shop.settled(2);
  assert.ok(((await card())?.wanted ?? 0) > wanted);
  assert.equal(told.filter(({ card: isCard }) => isCard).length, 1);
});

test('edits that are asked to wait hold no message up', async (t) => {
  const slow = { kind: 'retry', reason: 'slow down', retryAfterMs: 3_000_000 } as const;
  const answer: Answer = ({ receipt }, count) => (receipt === null ? posted(count) : slow);
  const { shop, inbox, told, work, card } = await withCards(t, answer);
  work();
  await shop.feed(inbox, ['open one'], ['team']);
  await shop.settled(1);
  await shop.feed(inbox, ['open two'], ['team']);
  await shop.settled(2);
  await shop.feed(inbox, ['open three'], ['team']);
  await shop.settled(3);
  assert.equal(told.filter(({ card: isCard }) => isCard).length, 2);
  const now = await card();
  assert.ok(now !== null && now.shown < now.wanted);
});

test('what began another conversation says that its card was deleted', async (t) => {
  const { shop, inbox, told, work, card, team } = await withCards(t);
  Object.assign(team, {
    send: async () => {
      return { kind: 'sent', answer: 'ok', receipt: { ts: 'stray' } };
    },
  });
  work();
  await shop.feed(inbox, ['open one'], ['team']);
  await shop.settled(1);
  await shop.until(() => told.filter(({ card: isCard }) => isCard).length === 2);
  await shop.until(() => shop.lines.filter(({ msg }) => msg === 'card posted').length === 2);
  assert.equal((await card())?.posts, 2);
});
