import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { slackDestination } from '../../src/destinations/slack/slack-destination.ts';
import type { Source } from '../../src/model/source.ts';
import { Secret } from '../../src/shared/secret.ts';
import { CHANNELS, HOME, SCOPES } from '../doubles/slack/asking.ts';
import { MOMENTS, type Moment } from '../doubles/slack/lost-answers.ts';
import { type SlackApiOptions, startSlackApi } from '../doubles/slack-api.ts';
import { activity } from '../fixtures/stored.ts';
import { FULL, tried } from '../support/long-form.ts';
import { Workshop } from './workshop.ts';

/** The process ends after the attempt was recorded: before the message has left, or after Slack has it. */
const CRASHES = ['crash before', 'crash after'] as const;
const ALL = [...MOMENTS, ...CRASHES] as const;
type Lost = (typeof ALL)[number];
const SENDS = FULL ? 105 : 2 * ALL.length;

const ARRIVED: ReadonlySet<Lost> = new Set(['taken', 'head', 'body', 'crash after']);
const WITHOUT_HISTORY = SCOPES.filter((scope) => !scope.endsWith(':history'));

const SOURCE = {
  normalise: (event) => {
    const { title, to } = JSON.parse(event.body.toString());
    const thread = title.startsWith('#') ? `acme/api${title.split(' ')[0]}` : null;
    const subject = { noun: 'issue', handle: null, title, url: 'https://github.com/acme/api/issues/12' };
    return { kind: 'activity', activity: activity({ subject, labels: to, thread }) };
  },
} as Partial<Source> as Source;

async function withSlack(t: TestContext, options: SlackApiOptions, more: { readonly isThreaded?: boolean } = {}) {
  const slack = await startSlackApi({ channels: CHANNELS, scopes: SCOPES, intervalMs: 0, ...options });
  const shop = await Workshop.open(t);
  t.after(() => slack.close());
  const inbox = await shop.inbox();
  // As after a restart: it has to find out where its channel is.
  const make = () => {
    const token = new Secret(slack.token);
    const made = slackDestination({
      name: 'team',
      token,
      channel: '#releases',
      apiUrl: slack.url,
      perSecond: 0,
      ...more,
    });
    return { ...made, retry: { baseMs: 1, capMs: 2, maxTries: 20 } };
  };
  const work = (destinations = [make()]) =>
    shop.worker(inbox, destinations, { sources: new Map([['github', SOURCE]]) });
  const told = () => shop.attempts('team').filter(({ outcome }) => outcome === 'sent').length;
  const texts = () =>
    slack.workspace.messages.all.map(({ text }) => text.replace('mona opened issue in acme/api: ', ''));
  return { slack, shop, inbox, make, work, told, texts };
}

type Stand = Awaited<ReturnType<typeof withSlack>>;

/** Sends so many messages, each of whose answers is lost, at each moment in turn. */
async function loseAll({
  slack,
  shop,
  inbox,
  make,
  work,
  told,
}: Stand): Promise<readonly { title: string; at: Lost }[]> {
  const sends = Array.from({ length: SENDS }, (_, n) => {
    const at = ALL[n % ALL.length];
    assert(at);
    return { title: `message ${n} of ${SENDS}`, at };
  });
  const isCrash = ({ at }: { at: Lost }) => at.startsWith('crash');
  const worker = work();
  let count = 0;
  for (const { title, at } of sends.filter((each) => !isCrash(each))) {
    slack.cutNext('chat.postMessage', at as Moment);
    await shop.feed(inbox, [title], ['team']);
    count += 1;
    await shop.until(() => told() === count);
  }
  await worker.stop();
  for (const { title, at } of sends.filter(isCrash)) {
    const expanding = work([]);
    const routed = () => shop.lines.filter(({ msg }) => msg === 'event routed').length;
    await shop.feed(inbox, [title], ['team']);
    count += 1;
    await shop.until(() => routed() === count);
    await expanding.stop();
    const [lease] = await inbox.acquire(`killed ${count}`, ['team'], 1);
    const [notification] = (await inbox.waiting('team', 1)).notifications;
    assert(lease && notification);
    await inbox.begin(lease, [{ request: 'single', notifications: [notification.id] }]);
    if (at === 'crash after') {
      const context = { signal: new AbortController().signal, earlier: null };
      await make().send({ kind: 'single', notification }, context);
    }
    const next = work();
    await shop.until(() => told() === count);
    await next.stop();
  }
  return sends;
}

function timesIn(texts: readonly string[], title: string): number {
  return texts.filter((text) => text.endsWith(title)).length;
}

for (const knowsRepeats of [true, false]) {
  const why = knowsRepeats ? '' : ', though Slack knows none by its id';
  test(`with the history scope every message whose answer is lost is told once, and none says that it may be a repeat${why}`, async (t) => {
    const stand = await withSlack(t, { knowsRepeats });
    const sends = await loseAll(stand);
    const { shop, slack, texts } = stand;
    assert.deepEqual(
      sends.filter(({ title }) => timesIn(texts(), title) !== 1),
      [],
    );
    assert.doesNotMatch(texts().join('\n'), /Possible repeat/);
    assert.deepEqual(shop.uncertain, []);
    const arrived = sends.filter(({ at }) => ARRIVED.has(at)).length;
    assert.equal(shop.settledAs.filter((how) => how === 'sent').length, arrived);
    assert.equal(shop.settledAs.filter((how) => how === 'absent').length, shop.settledAs.length - arrived);
    assert.deepEqual(slack.violations, []);
    tried(t, SENDS, 'lost answers');
  });
}

test('without the scope Slack may know the message by its id: then it is told once', async (t) => {
  const stand = await withSlack(t, { scopes: WITHOUT_HISTORY });
  const sends = await loseAll(stand);
  const { shop, slack, texts } = stand;
  assert.deepEqual(
    sends.filter(({ title }) => timesIn(texts(), title) !== 1),
    [],
  );
  assert.ok(shop.settledAs.every((how) => how === 'unknowable'));
  assert.equal(shop.uncertain.length, shop.settledAs.length);
  assert.deepEqual(slack.violations, []);
  tried(t, SENDS, 'lost answers');
});

test('without the scope, where Slack does not, what is told twice is counted and says so', async (t) => {
  const stand = await withSlack(t, { scopes: WITHOUT_HISTORY, knowsRepeats: false });
  const sends = await loseAll(stand);
  const { shop, slack, texts } = stand;
  const twice = sends.filter(({ title }) => timesIn(texts(), title) === 2);
  assert.deepEqual(
    twice,
    sends.filter(({ at }) => ARRIVED.has(at)),
  );
  for (const { title } of sends) {
    const said = texts().filter((text) => text.endsWith(title));
    const isMarked = said.map((text) => text.startsWith('Possible repeat: '));
    if (said.length === 2) assert.deepEqual(isMarked, [false, true], title);
    else assert.equal(said.length, 1, title);
  }
  assert.ok(shop.uncertain.length >= twice.length);
  assert.ok(shop.said(/nobody can say whether it had arrived; telling again, perhaps twice/));
  t.diagnostic(`${twice.length} of ${SENDS} were told twice, ${shop.uncertain.length} counted`);
  assert.deepEqual(slack.violations, []);
  tried(t, SENDS, 'lost answers');
});

test('a digest and a reply are looked up as well, each where it stands', async (t) => {
  const stand = await withSlack(t, { knowsRepeats: false }, { isThreaded: true });
  const { slack, shop, inbox, work, told, texts } = stand;
  await shop.feed(inbox, ['one', 'two', 'three', 'four'], ['team']);
  slack.cutNext('chat.postMessage', 'taken');
  work();
  await shop.until(() => told() === 1);
  assert.equal(texts().length, 1);
  await shop.feed(inbox, ['#1 opened'], ['team']);
  await shop.until(() => told() === 2);
  for (const [count, moment] of MOMENTS.entries()) {
    slack.cutNext('chat.postMessage', moment);
    await shop.feed(inbox, [`#1 changed at ${moment}`], ['team']);
    await shop.until(() => told() === 3 + count);
  }
  const [, opened] = slack.workspace.messages.inChannel(HOME);
  assert.equal(slack.workspace.messages.inChannel(HOME).length, 2);
  assert(opened);
  assert.deepEqual(
    slack.workspace.messages.replies(opened).map(({ text }) => text.replace(/^.*: /, '')),
    MOMENTS.map((moment) => `#1 changed at ${moment}`),
  );
  assert.deepEqual(slack.violations, []);
});

test('what began a conversation and was found goes on being its first message', async (t) => {
  const { slack, shop, inbox, work, told } = await withSlack(t, { knowsRepeats: false }, { isThreaded: true });
  slack.cutNext('chat.postMessage', 'taken');
  work();
  await shop.feed(inbox, ['#1 opened'], ['team']);
  await shop.until(() => told() === 1);
  await shop.feed(inbox, ['#1 closed'], ['team']);
  await shop.until(() => told() === 2);
  const [first, ...others] = slack.workspace.messages.inChannel(HOME);
  assert(first);
  assert.deepEqual([others.length, slack.workspace.messages.replies(first).length], [0, 1]);
});

test('a message that somebody deleted before it was looked for is not told again', async (t) => {
  const { slack, shop, inbox, work, told, texts } = await withSlack(t, {});
  const held = slack.holdNext('chat.postMessage', 'after');
  work();
  await shop.feed(inbox, ['told and deleted'], ['team']);
  await held.reached;
  slack.remove(slack.workspace.messages.all[0]?.ts ?? '');
  held.cut();
  await shop.until(() => told() === 1);
  assert.equal(texts().length, 1);
  assert.match(String(shop.attempts('team').at(-1)?.['detail']), /had arrived, and somebody deleted it since/);
});
