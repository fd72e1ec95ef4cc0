import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withOwnSource } from '../../src/jobs/remind/own-source.ts';
import { NOBODY } from '../../src/model/rule.ts';
import { withOwnRules } from '../../src/route/remind/own-rules.ts';
import { createRoute } from '../../src/route/route.ts';
import { type Clock, systemClock } from '../../src/shared/clock.ts';
import { aReminder, aWaitingPull } from '../fixtures/reminders.ts';
import { aRule } from '../fixtures/rules.ts';
import { Workshop } from './workshop.ts';

const HALF_PAST_NINE = Date.UTC(2026, 0, 15, 9, 30);

test('of several workers one says it, to whom it is for and nobody else; a restart says nothing again', async (t) => {
  const ahead = HALF_PAST_NINE + 1_000 - systemClock.now();
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + ahead };
  const shop = await Workshop.open(t, clock);
  const inbox = await shop.inbox();
  await inbox.learn([aWaitingPull(12, HALF_PAST_NINE - 72 * 3_600_000)]);
  const [team, other] = [shop.destination('team'), shop.destination('other')];
  const reminder = aReminder({
    rule: aRule('reminder team', { pull_request: {} }, { thread: true, mention: ['asked'] }),
  });
  const people = new Map([['mona', { ids: { double: 'U1' } }]]);
  const directory = { ...NOBODY, people };
  const everything = createRoute([aRule('all', { '*': {} }, { to: ['other'] })]);
  const options = {
    reminders: [reminder],
    directory,
    sources: withOwnSource(new Map()),
    route: withOwnRules(everything, { reminders: [reminder], rules: [] }, directory),
    timing: { renewMs: 10 },
  };
  const first = shop.worker(inbox, [team, other], { ...options, owner: 'first' });
  shop.worker(await shop.inbox(), [team, other], { ...options, owner: 'second' });
  await shop.settled(2, 'team');
  assert.deepEqual(
    team.sends.flatMap(({ titles }) => titles),
    ['1 pull request waits', 'Longest first'],
  );
  const [summary, list] = team.sends.flatMap(({ message }) =>
    message.kind === 'single' ? [message.notification] : [],
  );
  assert.deepEqual([summary?.rule, summary?.isThreaded], ['reminder team', true]);
  assert.deepEqual([summary?.mentions, list?.mentions], [[{ name: 'mona', ids: { double: 'U1' } }], []]);
  await first.stop();
  await shop.until(() => shop.lines.filter(({ lane, msg }) => lane === 'remind' && msg === 'lane taken').length > 1);
  assert.deepEqual(
    (await inbox.reminders('team', 5)).map(({ dueAt, outcome }) => [dueAt, outcome]),
    [[HALF_PAST_NINE, 'said']],
  );
  assert.equal(team.sends.length, 2);
  assert.equal(other.sends.length, 0);
});

test('each whose turn it is gets what waits for them by the lane for people, once, whoever works', async (t) => {
  const ahead = HALF_PAST_NINE + 1_000 - systemClock.now();
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + ahead };
  const shop = await Workshop.open(t, clock);
  const inbox = await shop.inbox();
  await inbox.learn([
    aWaitingPull(1, HALF_PAST_NINE - 3_600_000),
    aWaitingPull(2, HALF_PAST_NINE - 7_200_000, { 'asked:hubot': true }),
    aWaitingPull(3, HALF_PAST_NINE, { 'asked:mona': null, 'asked:zoe': true }),
  ]);
  const [people, team] = [shop.destination('people'), shop.destination('team')];
  const rule = aRule('reminder team', { pull_request: {} }, { to: ['team'], people: ['@asked'] });
  const reminder = aReminder({ rule });
  const types = new Map(['people', 'team'].map((name) => [name, 'double']));
  const directory = {
    ...NOBODY,
    people: new Map(['mona', 'hubot'].map((login) => [login, { ids: { double: `U-${login}` } }])),
    direct: { by: new Set(['people']), types },
  };
  const options = {
    reminders: [reminder],
    directory,
    sources: withOwnSource(new Map()),
    route: withOwnRules(createRoute([]), { reminders: [reminder], rules: [] }, directory),
    timing: { renewMs: 10 },
  };
  const workers = [
    shop.worker(inbox, [people, team], { ...options, owner: 'first' }),
    shop.worker(await shop.inbox(), [people, team], { ...options, owner: 'second' }),
  ];
  await shop.settled(2, 'people');
  await shop.settled(1, 'team');
  const told = people.sends.flatMap(({ message }) => (message.kind === 'single' ? [message.notification] : []));
  assert.deepEqual(
    Object.fromEntries(told.map(({ mentions, activity: { said } }) => [mentions[0]?.ids['double'], said.headline])),
    { 'U-hubot': '1 pull request waits for you', 'U-mona': '2 pull requests wait for you' },
  );
  assert.deepEqual(
    team.sends.flatMap(({ titles }) => titles),
    ['3 pull requests wait'],
  );
  await Promise.all(workers.map((worker) => worker.stop()));
  const [record] = await inbox.reminders('team', 1);
  assert.equal(record?.detail, '3 waiting; not told: zoe (unknown to people)');
});

test('without reminders a worker asks for no such lane', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  shop.worker(inbox, []);
  await shop.until(() => shop.said(/lane taken/));
  assert.deepEqual(
    (await inbox.owners()).map(({ lane }) => lane),
    ['expand'],
  );
});
