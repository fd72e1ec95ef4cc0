import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
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
  { since: 20 * HOUR },
  { since: 39 * HOUR },
  { since: 9_999 * HOUR },
];

function fits(each: Made, { repo, source, kind, type, action, actor, text, state, since }: Omit<EventFilter, 'limit'>) {
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
    (since === undefined || each.receivedAt >= since)
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
      for (let n = 0; n < count; n++) {
        const { source, type, receivedAt } = made(n);
        all.unshift([(await inbox.append(newEvent({ source, type, receivedAt }))).id, made(n)]);
      }
      const expansions = all.toReversed().flatMap(([id, { state, action, repo, actor, text }]) => {
        if (state === 'pending') return [];
        const { notifications, ...rest } = routed(id, ['slack'], { searched: { actor, text } });
        return [{ ...rest, state, action, repo, notifications: state === 'routed' ? notifications : [] }];
      });
      await inbox.expand(expander, expansions);
      return all;
    }

    test('whatever is asked for, alone and in pairs, finds what fits, all of it, newest first and page by page', async () => {
      const { inbox } = await fresh();
      const all = await fill(inbox, 80);
      const pairs = ASKED.flatMap((a, index) => ASKED.slice(index + 1).map((b) => ({ ...a, ...b })));
      for (const filter of [...ASKED, ...pairs.filter((_, index) => index % 7 === 0)]) {
        const expected = all.filter(([, each]) => fits(each, filter)).map(([id]) => id);
        const first = ids(await inbox.list({ ...filter, limit: 5 }));
        assert.deepEqual(first, expected.slice(0, 5), JSON.stringify(filter));
        if (first.length < 5) continue;
        const rest = ids(await inbox.list({ ...filter, before: first.at(-1), limit: 100 }));
        assert.deepEqual(rest, expected.slice(5), `the pages behind the first of ${JSON.stringify(filter)}`);
      }
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
