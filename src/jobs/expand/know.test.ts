import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { anActivity } from '../../../tests/fixtures/activities.ts';
import type { StoredEvent } from '../../model/event.ts';
import type { Known } from '../../model/known/card.ts';
import type { Decision, Route } from '../../model/rule.ts';
import type { Normalised, Source } from '../../model/source.ts';
import type { JobContext } from '../context.ts';
import { DEFAULT_TIMING } from '../timing.ts';
import { type Decider, decide } from './decide.ts';

const KNOWN: Known = { thread: 'acme/api#1', facts: [{ name: 'title', value: 'Fix it', at: 500 }] };
const UNTOLD: Decision = {
  tell: [],
  trace: { kind: 'issues.opened', rules: [] },
  reason: 'no rule matched',
  settleMs: 0,
  wantsPaths: false,
};
const telling = (destination: string, card?: boolean) => ({
  destination,
  rule: 'r',
  mentions: [],
  notBefore: null,
  ...(card !== undefined && { card }),
});

interface Given extends Partial<Pick<Decider, 'knows' | 'cards'>> {
  readonly event?: Partial<StoredEvent>;
  readonly normalised?: Normalised;
  readonly route?: Route;
  readonly know?: Source['know'];
}

async function decided({ event = {}, normalised, route = () => UNTOLD, know = () => [KNOWN], ...given }: Given) {
  const warnings: string[] = [];
  const context = {
    clock: { now: () => 1_000, monotonic: () => 0 },
    log: { warn: (_: unknown, message: string) => warnings.push(message), info: () => undefined },
    inbox: { resultsBefore: async () => [] },
    timing: DEFAULT_TIMING,
    shutdown: { stopping: new AbortController().signal },
  } as unknown as JobContext;
  const said = normalised ?? { kind: 'activity', activity: anActivity({ thread: 'acme/api#1' }) };
  const source = { name: 'github', know, normalise: () => said } as unknown as Source;
  const stored = {
    id: 12,
    source: 'github',
    type: 'issues',
    body: Buffer.from('{"a":1}'),
    receivedAt: 1_000,
    replays: 0,
  };
  const decider = { context, route, inquiries: new Map(), digesting: new Set<string>(), knows: true, ...given };
  const events = [{ ...stored, settled: null, ...event } as StoredEvent];
  const [expansion] = await decide({ ...decider, sources: new Map([['github', source]]) }, events, Promise.resolve());
  assert.ok(expansion);
  return { expansion, warnings };
}

const known = async (given: Given = {}) => (await decided(given)).expansion.known;
const cards = async (given: Given) => (await decided(given)).expansion.cards;

describe('what an event says of subjects', () => {
  test('is kept whatever rules say of it: untold, skipped, replayed, settling', async () => {
    const heard = [{ thread: 'acme/api#1', facts: { title: { value: 'Fix it', at: 500, eventId: 12 } } }];
    assert.deepEqual(await known(), heard);
    assert.deepEqual(await known({ normalised: { kind: 'skip', reason: 'another event tells it' } }), heard);
    assert.deepEqual(await known({ event: { replays: 2 } }), heard);
    assert.deepEqual(await known({ route: () => ({ ...UNTOLD, settleMs: 20_000 }) }), heard);
  });

  test('is asked by its type and payload, and only where somebody wants to know', async () => {
    const asked: unknown[] = [];
    const know = (...values: unknown[]) => {
      asked.push(values);
      return [];
    };
    assert.equal(await known({ know, knows: false }), undefined);
    assert.equal(await known({ know }), undefined);
    assert.deepEqual(asked, [['issues', { a: 1 }]]);
  });

  test('is nothing where the event looks forged, is damaged, cannot be read, or its source is gone', async () => {
    assert.equal(await known({ normalised: { kind: 'suspect', reason: 'it is of another type' } }), undefined);
    assert.equal(await known({ event: { damage: 'its body' } }), undefined);
    assert.equal(await known({ event: { source: 'old' } }), undefined);
  });

  test('that throws is a warning, and holds nothing up', async () => {
    const know = () => {
      throw new Error('labels are no list');
    };
    const { expansion, warnings } = await decided({ know });
    assert.deepEqual([expansion.known, expansion.state], [undefined, 'skipped']);
    assert.match(warnings.join(), /labels are no list/);
    assert.equal(await known({ know: () => [null] as unknown as Known[] }), undefined);
  });
});

describe('a card', () => {
  const told: Route = () => ({
    ...UNTOLD,
    tell: [telling('usual'), telling('asked', true), telling('not', false), telling('none', true)],
  });

  test('is wanted where a rule or the destination says so, of those that can show one', async () => {
    const showing = new Map([
      ['usual', true],
      ['asked', false],
      ['not', true],
      ['silent', true],
    ]);
    assert.deepEqual(await cards({ route: told, cards: showing }), [
      { destination: 'usual', thread: 'acme/api#1' },
      { destination: 'asked', thread: 'acme/api#1' },
    ]);
    assert.equal(await cards({ route: told }), undefined);
    assert.equal(await cards({ cards: showing }), undefined);
  });

  test('needs a thread', async () => {
    const normalised = { kind: 'activity', activity: anActivity({ thread: null }) } as const;
    assert.equal(await cards({ route: told, cards: new Map([['usual', true]]), normalised }), undefined);
  });
});
