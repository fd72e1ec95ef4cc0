import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { matcherOf } from '../../src/http/stream/matcher.ts';
import type { EventFilter, EventSummary } from '../../src/model/inbox/records.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { newEvent, routed } from '../fixtures/stored.ts';
import { freshInboxes, type InboxUnderTest, lease } from './inbox-under-test.ts';

interface Made {
  readonly source: string;
  readonly type: string;
  readonly action: string | null;
  readonly repo: string | null;
  readonly state: 'routed' | 'skipped' | 'failed' | 'pending';
  readonly actor: string | null;
  readonly text: string;
  /** Where it is told, once it is routed. */
  readonly to: string;
  readonly receivedAt: number;
}

const HOUR = 3_600_000;

/** The same of every round: what each asks for is there several times, once, or never. */
function made(n: number): Made {
  const pick = <T>(some: readonly [T, ...T[]], step: number): T => some[Math.floor(n / step) % some.length] ?? some[0];
  return {
    source: pick(['github', 'github', 'stripe-live'], 1),
    type: pick(['pull_request', 'check_run', 'push', 'invoice.paid'], 2),
    action: pick(['opened', null, 'closed'], 3),
    repo: pick(['acme/api', 'Acme/Web.site', null, 'acme/api-two'], 5),
    state: pick(['skipped', 'routed', 'skipped', 'failed', 'pending'], 7),
    actor: pick(['mona', 'renovate[bot]', null, 'Mona-Two'], 4),
    text: pick(['#12 Flaky login', 'Café crème für Zoë', '', '#13 login again'], 1),
    to: pick(['slack', 'team', 'slack'], 1),
    // A clock that is set back by half an hour now and then.
    receivedAt: n * HOUR - (n % 5 === 0 ? HOUR / 2 : 0),
  };
}

const ASKED: readonly Omit<EventFilter, 'limit'>[] = [
  { repo: 'acme/api' },
  { repo: 'ACME/WEB.SITE' },
  { repo: 'acme/ap' },
  { source: 'stripe-live' },
  { source: 'stripe' },
  { kind: 'pull_request' },
  { kind: 'pull_request.opened' },
  { kind: 'invoice.paid' },
  { kind: 'pull.request' },
  { type: 'check_run' },
  { action: 'closed' },
  { actor: 'MONA' },
  { actor: 'renovate[bot]' },
  { actor: 'renovate' },
  { text: 'login' },
  { text: 'LOGIN flaky' },
  { text: 'creme zoe' },
  { text: 'mona' },
  { text: 'log' },
  ...(['routed', 'skipped', 'failed', 'quarantined', 'pending', 'waiting', 'told', 'dead'] as const).map((state) => ({
    state,
  })),
  { to: 'team' },
  { to: 'slack' },
  { to: 'nowhere' },
  { to: 'slack', state: 'dead' },
  { until: 20 * HOUR },
  { until: 39 * HOUR, since: 7 * HOUR },
  { until: 9_999 * HOUR },
  { until: 0 },
  { since: 20 * HOUR },
  { since: 39 * HOUR },
  { since: 9_999 * HOUR },
];

function fits(each: Made, filter: Omit<EventFilter, 'limit'>) {
  const { repo, source, kind, type, action, actor, text, state, to, since, until } = filter;
  const isDecided = each.state !== 'pending';
  const said = `${each.text} ${each.actor ?? ''}`
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .split(/[^a-z0-9]+/);
  const same = (a: string | null, b: string) => isDecided && a?.toLowerCase() === b.toLowerCase();
  const ownAction = isDecided ? each.action : null;
  return (
    (repo === undefined || same(each.repo, repo)) &&
    (source === undefined || each.source === source) &&
    (kind === undefined || each.type === kind || (ownAction !== null && `${each.type}.${ownAction}` === kind)) &&
    (type === undefined || each.type === type) &&
    (action === undefined || ownAction === action) &&
    (actor === undefined || same(each.actor, actor)) &&
    (text === undefined ||
      (isDecided &&
        text
          .toLowerCase()
          .split(' ')
          .every((word) => said.includes(word)))) &&
    (state === undefined || each.state === state || (state === 'waiting' && each.state === 'routed')) &&
    (to === undefined || (each.to === to && each.state === 'routed')) &&
    (since === undefined || each.receivedAt >= since) &&
    (until === undefined || each.receivedAt < until)
  );
}

const ids = (events: readonly EventSummary[]) => events.map(({ id }) => id);

/** By what events are found: the same of every store. */
export function searchConformance(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`search: ${name}`, () => {
    const fresh = freshInboxes(create);

    /** Of each, its id and what it was made of, newest first. */
    async function fill(inbox: Inbox, count: number) {
      const all: (readonly [id: number, Made])[] = [];
      const expander = await lease(inbox, 'expand');
      const events = Array.from({ length: count }, (_, n) => made(n));
      const appended = await Promise.all(
        events.map(({ source, type, receivedAt }) => inbox.append(newEvent({ source, type, receivedAt }))),
      );
      appended.forEach(({ id }, n) => void all.unshift([id, made(n)]));
      const expansions = all.toReversed().flatMap(([id, { state, action, repo, actor, text, to }]) => {
        if (state === 'pending') return [];
        const { notifications, ...rest } = routed(id, [to], { searched: { actor, text } });
        return [{ ...rest, state, action, repo, notifications: state === 'routed' ? notifications : [] }];
      });
      // A store may take over many at once, and leave few for later.
      await inbox.expand(expander, expansions.slice(0, -5));
      await inbox.expand(expander, expansions.slice(-5));
      return all;
    }

    test('whatever is asked for, alone and in pairs, finds what fits, all of it, newest first and page by page', async () => {
      const { inbox } = await fresh();
      const all = await fill(inbox, 350);
      const pairs = ASKED.flatMap((a, index) => ASKED.slice(index + 1).map((b) => ({ ...a, ...b })));
      for (const filter of [...ASKED, ...pairs.filter((_, index) => index % 11 === 0)]) {
        const expected = all.filter(([, each]) => fits(each, filter)).map(([id]) => id);
        const first = ids(await inbox.list({ ...filter, limit: 5 }));
        assert.deepEqual(first, expected.slice(0, 5), JSON.stringify(filter));
        if (first.length < 5) continue;
        const rest = ids(await inbox.list({ ...filter, before: first.at(-1), limit: 500 }));
        assert.deepEqual(rest, expected.slice(5), `the pages behind the first of ${JSON.stringify(filter)}`);
      }
    });

    test('whoever is told of events as they come is told of what a filter finds', async () => {
      const { inbox } = await fresh();
      await fill(inbox, 350);
      const all = await inbox.list({ limit: 500 });
      for (const filter of [...ASKED, { text: '…' }, { to: 'slack', state: 'routed' as const }]) {
        const found = ids(await inbox.list({ ...filter, limit: 500 }));
        assert.deepEqual(ids(all.filter(matcherOf(filter))), found, JSON.stringify(filter));
      }
    });

    test('with `after` the same is found from the oldest on', async () => {
      const { inbox } = await fresh();
      const all = await fill(inbox, 350);
      const pairs = ASKED.flatMap((a, index) => ASKED.slice(index + 1).map((b) => ({ ...a, ...b })));
      for (const filter of [...ASKED, ...pairs.filter((_, index) => index % 29 === 0)]) {
        const expected = all.filter(([, each]) => fits(each, filter)).map(([id]) => id);
        const up = expected.toReversed();
        const first = ids(await inbox.list({ ...filter, after: 0, limit: 5 }));
        assert.deepEqual(first, up.slice(0, 5), JSON.stringify(filter));
        const [last, before] = [first.at(-1), up.at(-1)];
        if (first.length < 5 || last === undefined) continue;
        const rest = ids(await inbox.list({ ...filter, after: last, limit: 500 }));
        assert.deepEqual(rest, up.slice(5), `the pages behind the first of ${JSON.stringify(filter)}`);
        const between = ids(await inbox.list({ ...filter, after: last, before, limit: 500 }));
        assert.deepEqual(between, up.slice(5, -1), `what lies between two events of ${JSON.stringify(filter)}`);
      }
    });

    test('what is to be told at a destination is found there, also where that is most of what there is', async () => {
      const { inbox } = await fresh();
      const expander = await lease(inbox, 'expand');
      // More than a store reads the ids of first.
      const COUNT = 5_200;
      const events = Array.from({ length: COUNT }, (_, n) => newEvent({ type: n % 1_000 === 7 ? 'star' : 'issues' }));
      const made = (await Promise.all(events.map((event) => inbox.append(event)))).map(({ id }) => id);
      const isRouted = (n: number) => n % 50 !== 3;
      const expansions = made.map((id, n) => {
        const { notifications, ...rest } = routed(id, n % 500 === 9 ? ['team', 'desk'] : ['team']);
        return {
          ...rest,
          state: isRouted(n) ? 'routed' : 'skipped',
          notifications: isRouted(n) ? notifications : [],
        } as const;
      });
      for (let from = 0; from < COUNT; from += 500) await inbox.expand(expander, expansions.slice(from, from + 500));
      const [again = 0] = made.slice(-1);
      await inbox.replay({ ids: [again] }, { dryRun: false });
      const found = async (filter: Omit<EventFilter, 'limit'>, limit = 6_000) =>
        ids(await inbox.list({ ...filter, limit })).map((id) => made.indexOf(id));
      const all = made.map((_, n) => n);
      const down = all.filter(isRouted).toReversed();
      assert.deepEqual(await found({ to: 'team' }, 60), down.slice(0, 60));
      assert.deepEqual(
        await found({ to: 'team', state: 'waiting', before: made[60] }),
        down.filter((n) => n < 60),
      );
      assert.deepEqual(await found({ state: 'waiting' }, 60), down.slice(0, 60));
      assert.deepEqual(
        await found({ state: 'waiting', after: 0, type: 'star' }),
        [7, 1_007, 2_007, 3_007, 4_007, 5_007],
      );
      assert.deepEqual(await found({ state: 'waiting', before: made[0] }), []);
      assert.deepEqual(await found({ to: 'team', after: 0 }, 9), down.toReversed().slice(0, 9));
      assert.deepEqual(
        await found({ to: 'team', state: 'routed', before: made[70] }, 40),
        down.filter((n) => n < 70).slice(0, 40),
      );
      assert.deepEqual(await found({ to: 'team', state: 'pending' }), [COUNT - 1]);
      assert.deepEqual(await found({ to: 'team', state: 'skipped' }), []);
      assert.deepEqual(await found({ to: 'team', state: 'told' }), []);
      assert.deepEqual(await found({ to: 'desk', state: 'waiting' }), all.filter((n) => n % 500 === 9).toReversed());
      assert.deepEqual(
        await found({ to: 'team', type: 'star' }),
        down.filter((n) => n % 1_000 === 7),
      );
      assert.deepEqual(await found({ to: 'team', type: 'star', after: made[1_007] }), [2_007, 3_007, 4_007, 5_007]);
      assert.deepEqual(await found({ to: 'desk', type: 'star' }), []);
    });

    test('who did it and what it is about is said with the event, and stays when its body is gone', async () => {
      const { inbox } = await fresh();
      const expander = await lease(inbox, 'expand');
      const [first, second, third] = await Promise.all([0, 1, 2].map(() => inbox.append(newEvent())));
      assert(first && second && third);
      const searched = { actor: 'mona', text: '#12 Uploads fail on Safari' };
      await inbox.expand(expander, [routed(first.id, ['slack'], { searched }), routed(second.id, ['slack'])]);
      const listed = (await inbox.list({ limit: 5 })).map(({ actor, about }) => [actor, about]);
      assert.deepEqual(listed, [
        [null, null],
        [null, null],
        ['mona', '#12 Uploads fail on Safari'],
      ]);
      const shown = await inbox.show(first.id);
      assert.deepEqual([shown?.actor, shown?.about], ['mona', '#12 Uploads fail on Safari']);
      const hostile = { actor: `\0${'long'.repeat(200)}`, text: `\ud800 \0 ${'x'.repeat(400)}` };
      await inbox.expand(expander, [routed(third.id, [], { searched: hostile })]);
      const kept = await inbox.show(third.id);
      assert.deepEqual(
        [kept?.actor, kept?.about?.slice(0, 5)],
        [`\ufffd${'long'.repeat(75).slice(0, 299)}`, '\ufffd \ufffd x'],
      );
      assert.equal(kept?.about?.length, 300);
    });

    test('no text is an error, whatever stands in it; one without words finds nothing', async () => {
      const { inbox } = await fresh();
      const [[id] = []] = await fill(inbox, 1);
      for (const text of [
        '"',
        '*',
        'login"',
        "' OR 1=1 --",
        'NOT login',
        'login AND',
        'login:*',
        'NEAR(login, 2)',
        '-',
        '\0',
        '\ud800',
        '💥',
        '& | ! <->',
        '(',
        '{a b}: c',
        'x'.repeat(10_000),
        '\ufdfa'.repeat(900),
      ]) {
        const found = await inbox.list({ text, limit: 5 });
        assert.deepEqual(ids(found), /^login\W+$/.test(text) ? [id] : [], JSON.stringify(text));
      }
      for (const hostile of ['"', '\0', '\ud800', '%', 'a b', '']) {
        assert.deepEqual(
          await inbox.list({ repo: hostile, actor: hostile, source: hostile, kind: hostile, limit: 5 }),
          [],
        );
      }
    });

    test('hostile words of others are stored, and found by what is a word in them', async () => {
      const { inbox } = await fresh();
      const expander = await lease(inbox, 'expand');
      const { id } = await inbox.append(newEvent({ type: 'odd "type' }));
      const searched = { actor: '\0"\ud800', text: `" OR \0 \ud83d ${'long'.repeat(90)} flaky NEAR(` };
      await inbox.expand(expander, [routed(id, ['slack'], { searched })]);
      assert.deepEqual(ids(await inbox.list({ text: 'Flaky near', limit: 5 })), [id]);
      assert.deepEqual(ids(await inbox.list({ kind: 'odd "type', limit: 5 })), [id]);
      assert.deepEqual(ids(await inbox.list({ actor: '\0"\ud800', limit: 5 })), [id]);
    });

    test('what is decided anew is found by what it says now, and still by what became of it', async () => {
      const { inbox } = await fresh();
      const expander = await lease(inbox, 'expand');
      const { id } = await inbox.append(newEvent());
      const first = routed(id, ['slack'], { searched: { actor: 'mona', text: 'Flaky login' } });
      await inbox.expand(expander, [first]);
      await inbox.replay({ ids: [id] }, { dryRun: false });
      assert.deepEqual(ids(await inbox.list({ state: 'pending', limit: 5 })), [id]);
      assert.deepEqual(await inbox.list({ state: 'routed', limit: 5 }), []);
      const searched = { actor: 'lisa', text: 'Steady login' };
      await inbox.expand(expander, [{ ...first, state: 'skipped', repo: 'acme/web', notifications: [], searched }]);
      const finds = async (filter: Omit<EventFilter, 'limit'>) => ids(await inbox.list({ ...filter, limit: 5 })).length;
      assert.deepEqual(
        await Promise.all([
          finds({ text: 'flaky' }),
          finds({ actor: 'mona' }),
          finds({ repo: 'acme/api' }),
          finds({ state: 'routed' }),
          finds({ text: 'steady login' }),
          finds({ actor: 'lisa', repo: 'acme/web' }),
          finds({ state: 'skipped', repo: 'acme/web' }),
          finds({ state: 'waiting', repo: 'acme/web' }),
          finds({ state: 'waiting', actor: 'lisa' }),
        ]),
        [0, 0, 0, 0, 1, 1, 1, 1, 1],
      );
    });
  });
}
