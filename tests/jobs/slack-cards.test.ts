import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { slackDestination } from '../../src/destinations/slack/slack-destination.ts';
import { Secret } from '../../src/shared/secret.ts';
import { CHANNELS, HOME, SCOPES } from '../doubles/slack/asking.ts';
import { MOMENTS } from '../doubles/slack/lost-answers.ts';
import { type SlackApiDouble, type SlackApiOptions, startSlackApi } from '../doubles/slack-api.ts';
import { CARDED } from './carded.ts';
import { Workshop } from './workshop.ts';

async function withSlack(t: TestContext, workspace: SlackApiOptions = {}) {
  const slack = await startSlackApi({ channels: CHANNELS, scopes: SCOPES, intervalMs: 0, ...workspace });
  const shop = await Workshop.open(t);
  t.after(() => slack.close());
  const inbox = await shop.inbox();
  const bot = (name: string, channel: string) => {
    const token = new Secret(slack.token);
    const made = slackDestination({ name, token, channel, apiUrl: slack.url, perSecond: 0, hasCards: true });
    return { ...made, retry: { baseMs: 1, capMs: 2, maxTries: 5 } };
  };
  const team = bot('team', '#releases');
  const options = { sources: new Map([['github', CARDED]]), timing: { renewMs: 20 } };
  const work = (destinations = [team]) => shop.worker(inbox, destinations, options);
  const tell = async (...titles: readonly string[]) => {
    const before = shop.attempts('team').length;
    await shop.feed(inbox, titles, ['team']);
    await shop.settled(before + titles.length, 'team');
  };
  const isRight = async (threads: readonly string[], name = 'team') => {
    const cards = await inbox.cards(name, threads);
    return cards.every((card) => card !== null && card.shown === card.wanted);
  };
  const right = async (threads: readonly string[], name?: string) => {
    while (!(await isRight(threads, name))) await new Promise((resolve) => setImmediate(resolve));
  };
  return { slack, shop, inbox, bot, work, tell, right };
}

function shownIn({ workspace }: SlackApiDouble, channel: string = HOME) {
  return workspace.messages.inChannel(channel).map(({ text }) => text);
}

test('a channel shows one card a thread; what happened is below it, and nothing is broadcast', async (t) => {
  const { slack, work, tell, right } = await withSlack(t);
  work();
  await tell('#1 open Fix it');
  await tell('#2 open Break it');
  await tell('#1 merged Fix it');
  await right(['acme/api#1', 'acme/api#2']);
  assert.deepEqual(shownIn(slack), ['Merged: #1 merged Fix it', 'Open: #2 open Break it']);
  const [first, second] = slack.workspace.messages.inChannel(HOME);
  const replies = [first, second].map((card) => card && slack.workspace.messages.replies(card).length);
  assert.deepEqual(replies, [2, 1]);
  assert.deepEqual(slack.violations, []);
});

test('much that waits at once is told in digests, each below its card', async (t) => {
  const { slack, shop, inbox, work, right } = await withSlack(t);
  const titles = Array.from({ length: 30 }, (_, n) => `#${n % 3} open ${n}`);
  await shop.feed(inbox, titles, ['team']);
  work();
  const told = () => shop.attempts('team').reduce((sum, { size }) => sum + Number(size), 0);
  await shop.until(() => told() === 30);
  await right(['acme/api#0', 'acme/api#1', 'acme/api#2']);
  assert.equal(slack.workspace.messages.inChannel(HOME).length, 3);
  const below = slack.workspace.messages.inChannel(HOME).map((card) => slack.workspace.messages.replies(card).length);
  assert.deepEqual(below, [1, 1, 1]);
});

test('a card that was deleted comes back once, and what comes later is below the new one', async (t) => {
  const { slack, work, tell, right } = await withSlack(t);
  work();
  await tell('#1 open Fix it');
  const [card] = slack.workspace.messages.inChannel(HOME);
  slack.remove(card?.ts ?? '');
  await tell('#1 open Fix that');
  await right(['acme/api#1']);
  await tell('#1 open Fix all');
  await right(['acme/api#1']);
  const texts = shownIn(slack).filter((text) => text.startsWith('Open:'));
  assert.deepEqual(texts, ['Open: #1 open Fix all']);
  const anew = slack.workspace.messages.inChannel(HOME).find(({ text }) => text === texts[0]);
  assert.ok(anew && slack.workspace.messages.replies(anew).length >= 1);
});

for (const moment of MOMENTS) {
  test(`answers that are cut off at "${moment}" leave one card, which is right, though Slack knows none by its id`, async (t) => {
    const { slack, shop, work, tell, right } = await withSlack(t, { knowsRepeats: false });
    slack.cutNext('chat.postMessage', moment);
    slack.cutNext('chat.update', moment, 2);
    work();
    await tell('#1 open Fix it');
    await tell('#1 closed Fix it');
    await right(['acme/api#1']);
    assert.deepEqual(shownIn(slack), ['Closed: #1 closed Fix it']);
    assert.deepEqual(shop.settledAs, [['unread', 'untaken'].includes(moment) ? 'absent' : 'sent']);
    assert.deepEqual(slack.violations, []);
  });
}

test('a card that was begun by a process that ended is looked for, and then shows the newest', async (t) => {
  const { slack, shop, inbox, bot, work, right } = await withSlack(t, { knowsRepeats: false });
  const [lease] = await inbox.acquire('killed', ['team'], 10_000);
  work();
  await shop.feed(inbox, ['#1 open Fix it'], ['team']);
  await shop.until(() => shop.said(/event routed/));
  const killed = bot('team', '#releases');
  const [card] = await inbox.cardsBehind('team', 1);
  assert(lease && card && killed.cards);
  const begun = { ...card, state: 'creating', posts: 1 } as const;
  assert.equal(await inbox.noteCard(lease, card.thread, begun), 'done');
  await killed.cards.show(begun, { signal: new AbortController().signal });
  await inbox.release('killed');
  await shop.feed(inbox, ['#1 merged Fix it'], ['team']);
  await right(['acme/api#1']);
  assert.deepEqual(shownIn(slack), ['Merged: #1 merged Fix it']);
  assert.deepEqual([shop.settledAs, shop.uncertain], [['sent'], []]);
  assert.deepEqual(slack.violations, []);
});

test('a card that is looked for and does not stand is posted once, and edited for nothing', async (t) => {
  const { slack, shop, work, tell, right } = await withSlack(t, { knowsRepeats: false });
  slack.cutNext('chat.postMessage', 'untaken');
  work();
  await tell('#1 open Fix it');
  await right(['acme/api#1']);
  assert.deepEqual([shownIn(slack), shop.settledAs], [['Open: #1 open Fix it'], ['absent']]);
  assert.equal(slack.calls.includes('chat.update'), false);
});

test('without the history scope a card that may stand is posted again under its id, and counted', async (t) => {
  const scopes = SCOPES.filter((scope) => !scope.endsWith(':history'));
  const { slack, shop, work, tell, right } = await withSlack(t, { scopes });
  slack.cutNext('chat.postMessage', 'taken');
  work();
  await tell('#1 open Fix it');
  await right(['acme/api#1']);
  assert.deepEqual(shownIn(slack), ['Open: #1 open Fix it']);
  assert.deepEqual([shop.settledAs, shop.uncertain], [['unknowable'], [1]]);
});

test('an archived channel holds its lane; when somebody says so, the card is as it should be', async (t) => {
  const { slack, shop, inbox, work, tell, right } = await withSlack(t);
  work();
  await tell('#1 open Fix it');
  slack.people.archive(HOME);
  await shop.feed(inbox, ['#1 merged Fix it'], ['team']);
  await shop.until(() => shop.said(/nothing can arrive at team/));
  slack.people.archive(HOME, false);
  assert.equal((await inbox.resume('team')).wasBroken, true);
  await right(['acme/api#1']);
  assert.deepEqual(shownIn(slack), ['Merged: #1 merged Fix it']);
});

test('an edit window that is closed leaves the card as it is, and replies go on', async (t) => {
  const { slack, shop, inbox, work, tell, right } = await withSlack(t);
  work();
  await tell('#1 open Fix it');
  slack.failNext('chat.update', { error: 'edit_window_closed' }, 9);
  await tell('#1 merged Fix it');
  await right(['acme/api#1']);
  assert.deepEqual(shownIn(slack), ['Open: #1 open Fix it']);
  const [card] = await inbox.cards('team', ['acme/api#1']);
  assert.match(String(card?.reason), /edit_window_closed/);
  assert.ok(shop.said(/card not shown/));
  const [message] = slack.workspace.messages.inChannel(HOME);
  assert.equal(message && slack.workspace.messages.replies(message).length, 2);
});

test('a locked thread goes quiet and says so; its card is edited all the same', async (t) => {
  const { slack, shop, work, tell, right } = await withSlack(t);
  work();
  await tell('#1 open Fix it');
  slack.people.lock(HOME, slack.workspace.messages.inChannel(HOME)[0]?.ts ?? '');
  await tell('#1 merged Fix it');
  await right(['acme/api#1']);
  assert.deepEqual(shownIn(slack), ['Merged: #1 merged Fix it']);
  assert.match(String(shop.attempts('team').at(-1)?.['detail']), /somebody locked the thread/);
});

test('two channels and two workers have a card each, shuffled and doubled events or not', async (t) => {
  const { slack, shop, inbox, bot, work, right } = await withSlack(t);
  const both = [bot('team', '#releases'), bot('other', '#private')];
  work(both);
  work(both);
  const titles = Array.from({ length: 40 }, (_, n) => `#${n % 5} open ${n}`);
  await shop.feed(inbox, titles, ['team', 'other']);
  await shop.feed(inbox, ['#0 open 40', '#1 open 41', '#2 open 42', '#3 open 43', '#4 merged 44'], ['team', 'other']);
  const threads = [0, 1, 2, 3, 4].map((n) => `acme/api#${n}`);
  await shop.until(() => shop.attempts('other').length > 0 && shop.attempts('team').length > 0);
  for (const name of ['team', 'other']) {
    const isLast = async () => (await inbox.cards(name, threads)).at(-1)?.subject.facts['state']?.value === 'merged';
    while (!(await isLast())) await new Promise((resolve) => setImmediate(resolve));
    await right(threads, name);
  }
  for (const channel of [HOME, CHANNELS[2].id]) {
    const cards = shownIn(slack, channel);
    assert.equal(cards.length, 5);
    assert.ok(cards.includes('Merged: #4 merged 44'));
  }
});
