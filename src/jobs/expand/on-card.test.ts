import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anActivity } from '../../../tests/fixtures/activities.ts';
import type { StoredEvent } from '../../model/event.ts';
import type { CardState } from '../../model/inbox/cards.ts';
import type { Known } from '../../model/known/card.ts';
import type { Telling } from '../../model/rule.ts';
import type { Source } from '../../model/source.ts';
import type { JobContext } from '../context.ts';
import { DEFAULT_TIMING } from '../timing.ts';
import { decide } from './decide.ts';

const THREAD = 'acme/api#1';
const KNOWN: Known = { thread: THREAD, facts: [{ name: 'title', value: 'Fix it', at: 500 }] };
const MONA = [{ name: 'mona', ids: {} }];

interface Given {
  readonly tell: readonly Partial<Telling>[];
  readonly know?: readonly Known[];
  readonly thread?: string | null;
  /** Of the card that is kept. */
  readonly state?: CardState;
  /** Something is known of the thread. */
  readonly isKnown?: boolean;
}

async function decided({ tell, know = [KNOWN], thread = THREAD, state, isKnown = false }: Given) {
  const context = {
    clock: { now: () => 1_000, monotonic: () => 0 },
    log: { warn: () => undefined, info: () => undefined },
    inbox: {
      resultsBefore: async () => [],
      cards: async () => [state === undefined ? null : { state }],
      subjects: async () => [isKnown ? { thread: THREAD } : null],
    },
    timing: DEFAULT_TIMING,
    shutdown: { stopping: new AbortController().signal },
  } as unknown as JobContext;
  const normalise = () => ({ kind: 'activity', activity: anActivity({ thread }) });
  const source = { name: 'github', know: () => know, normalise } as unknown as Source;
  const event = { id: 12, source: 'github', type: 'issues', body: Buffer.from('{}'), receivedAt: 1_000, replays: 0 };
  const told = tell.map((each) => ({ destination: 'team', rule: 'r', mentions: [], notBefore: null, ...each }));
  const route = () => ({
    tell: told,
    trace: { kind: 'issues.opened', rules: [] },
    reason: null,
    settleMs: 0,
    wantsPaths: false,
  });
  const cards = new Map([['team', false]]);
  const decider = { context, route, inquiries: new Map(), digesting: new Set<string>(), knows: true, cards };
  const events = [{ ...event, settled: null } as unknown as StoredEvent];
  const [expansion] = await decide({ ...decider, sources: new Map([['github', source]]) }, events, Promise.resolve());
  assert.ok(expansion);
  return expansion;
}

const QUIET = { thread: 'none', card: true } as const;
const told = async (given: Given) => (await decided(given)).notifications.map(({ destination }) => destination);

test('where its card alone is to show it, nothing is told, and the event says why', async () => {
  const { state, reason, trace, notifications, cards } = await decided({ tell: [{ ...QUIET, mentions: MONA }] });
  assert.deepEqual([state, reason, notifications], ['skipped', 'shown on its card only, in team', []]);
  assert.deepEqual([trace?.onCard, trace?.called], [['team'], undefined]);
  assert.deepEqual(cards, [{ destination: 'team', thread: THREAD }], 'the card is wanted all the same');
});

test('others are told, and called', async () => {
  const tell = [
    { ...QUIET, mentions: MONA },
    { destination: 'desk', mentions: MONA },
  ];
  const { state, reason, trace, notifications } = await decided({ tell });
  assert.deepEqual([state, reason, notifications.length], ['routed', null, 1]);
  assert.deepEqual([trace?.onCard, trace?.called], [['team'], { desk: ['mona'] }]);
});

test('a card that stands, or that what is known will make, is enough', async () => {
  assert.deepEqual(await told({ tell: [QUIET], know: [], isKnown: true }), []);
  assert.deepEqual(await told({ tell: [QUIET], know: [], state: 'ready' }), []);
  assert.deepEqual(
    await told({ tell: [{ thread: 'none' }], state: 'creating' }),
    [],
    'wanted by another rule, earlier',
  );
});

test('what has no card is told as ever', async () => {
  const cases: readonly Given[] = [
    { tell: [QUIET], know: [] },
    { tell: [QUIET], thread: null },
    { tell: [QUIET], state: 'gone' },
    { tell: [{ ...QUIET, card: false }] },
    { tell: [{ thread: 'none' }] },
    { tell: [{ ...QUIET, thread: true }] },
  ];
  for (const given of cases) {
    const { notifications, trace } = await decided(given);
    assert.deepEqual([notifications.length, trace?.onCard], [1, undefined], JSON.stringify(given));
    assert.ok(notifications.every(({ isThreaded }) => typeof isThreaded !== 'string'));
  }
  assert.deepEqual(await told({ tell: [{ ...QUIET, destination: 'desk' }] }), ['desk'], 'it shows no cards');
});
