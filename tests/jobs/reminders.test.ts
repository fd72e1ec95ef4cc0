import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withOwnSource } from '../../src/jobs/remind/own-source.ts';
import { NOBODY } from '../../src/model/rule.ts';
import { withReminders } from '../../src/route/remind/own-rules.ts';
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
    route: withReminders(everything, [reminder], directory),
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
