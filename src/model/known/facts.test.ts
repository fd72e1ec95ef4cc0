import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { Fact, Heard, Known } from './card.ts';
import { checksOf, heardOf, MOST_OF_FAMILIES, mergedFacts, mergedHeard, saysOtherwise } from './facts.ts';

const NAME = fc.oneof(
  fc.constantFrom('title', 'state', 'checks', 'labels'),
  fc.nat(400).map((n) => `check:${n}`),
  fc.constantFrom('review:mona', 'review:__proto__', 'asked:mona'),
);
const VALUE = fc.oneof(fc.constantFrom('open', 'closed', null, true, 3), fc.array(fc.string(), { maxLength: 2 }));
const FACT: fc.Arbitrary<Fact> = fc.record({ name: NAME, value: VALUE, at: fc.option(fc.nat(50)) });
const EVENT = fc.record({ facts: fc.array(FACT, { maxLength: 120 }), id: fc.nat(9), receivedAt: fc.nat(50) });
/** What three events say of one thread; enough to overflow its families. */
const THREE = fc.tuple(EVENT, EVENT, EVENT).map((events) =>
  events.map(({ facts, ...event }, n) => {
    const [heard] = heardOf([{ thread: 't', facts }], { ...event, id: 10 * n + event.id });
    return heard?.facts ?? {};
  }),
);

describe('facts', () => {
  test('in whatever order, grouping and number they are heard, the end is the same', () => {
    fc.assert(
      fc.property(THREE, ([a = {}, b = {}, c = {}]) => {
        const all = mergedFacts(a, b, c);
        assert.deepEqual(mergedFacts(c, a, b), all, 'commutative');
        assert.deepEqual(mergedFacts(mergedFacts(a, b), c), all, 'associative');
        assert.deepEqual(mergedFacts(a, mergedFacts(c, b)), all, 'associative');
        assert.deepEqual(mergedFacts(all, a), all, 'idempotent');
        assert.deepEqual(Object.keys(all), Object.keys(mergedFacts(b, c, a)), 'also in the order of their names');
        const families = Object.keys(all).filter((name) => name.includes(':'));
        assert.ok(families.length <= MOST_OF_FAMILIES);
      }),
      { numRuns: 60 },
    );
  });

  test('of many in families the oldest go, and what is no family stays', () => {
    const facts = Array.from({ length: 300 }, (_, n) => ({ name: `check:${n}`, value: 'passed', at: n }));
    const [heard] = heardOf([{ thread: 't', facts: [...facts, { name: 'title', value: 'old', at: 0 }] }], at(1, 500));
    const names = Object.keys(heard?.facts ?? {});
    assert.equal(names.length, MOST_OF_FAMILIES + 1);
    assert.ok(names.includes('title') && names.includes('check:299') && !names.includes('check:0'));
  });

  test("the newest stands: by the provider's time, then by the event; what is no longer so is known, too", () => {
    const said = (value: string | null, time: number | null, id: number) =>
      heardOf([{ thread: 't', facts: [{ name: 'review:mona', value, at: time }] }], at(id, 100))[0]?.facts ?? {};
    const value = (...all: Heard['facts'][]) => mergedFacts(...all)['review:mona']?.value;
    assert.equal(value(said('approved', 20, 1), said('changes', 10, 2)), 'approved');
    assert.equal(value(said('approved', 20, 1), said('changes', 20, 2)), 'changes');
    assert.equal(value(said(null, 30, 1), said('approved', 20, 2)), null);
    assert.equal(value(said('approved', null, 1), said('changes', 99, 2)), 'approved', 'as of its receipt');
  });

  test('a clock that is far ahead is believed for five minutes', () => {
    const [heard] = heardOf([{ thread: 't', facts: [{ name: 'state', value: 'open', at: 9e15 }] }], at(1, 1_000));
    assert.equal(heard?.facts['state']?.at, 301_000);
  });

  test('what no card knows, or nobody could store, is left out', () => {
    const odd = [
      ['nonsense', 1],
      ['__proto__', 1],
      ['constructor', 1],
      ['check:', 'passed'],
      [':x', 1],
      ['check', 'passed'],
      [`check:${'x'.repeat(200)}`, 'passed'],
      ['title', Number.NaN],
      ['title', undefined],
      ['title', { a: 1 }],
      [7, 'x'],
    ].map(([name, value]) => ({ name, value, at: null }) as unknown as Fact);
    assert.deepEqual(heardOf([{ thread: 't', facts: odd }], at(1, 1)), []);
    const threads = ['', 'nul \0', 'half \uD800', 'x'.repeat(501), null] as string[];
    const known = threads.map((thread): Known => ({ thread, facts: [{ name: 'title', value: 'x', at: null }] }));
    assert.deepEqual(heardOf(known, at(1, 1)), []);
  });

  test('long values are cut, also those that take more room as JSON', () => {
    const values = [
      '♥'.repeat(9_999_999),
      '\0'.repeat(9_999),
      '😀'.repeat(9_999),
      Array(300_000).fill('"label"'),
      ['x'.repeat(9_999)],
    ];
    for (const value of values) {
      const [heard] = heardOf([{ thread: 't', facts: [{ name: 'title', value, at: null }] }], at(1, 1));
      const kept = heard?.facts['title']?.value;
      assert.ok(kept !== undefined && JSON.stringify(kept).length <= 2_000);
      assert.ok(typeof kept !== 'string' || (kept.length > 300 && kept.isWellFormed()));
    }
  });

  test('only a value makes a difference, and null is none', () => {
    const one = { title: { value: 'x', at: 1, eventId: 1 } };
    assert.equal(saysOtherwise(one, { title: { value: 'x', at: 2, eventId: 2 } }), false);
    assert.equal(saysOtherwise(one, { ...one, 'asked:mona': { value: null, at: 2, eventId: 2 } }), false);
    assert.equal(saysOtherwise(one, { ...one, 'asked:mona': { value: true, at: 2, eventId: 2 } }), true);
    assert.equal(saysOtherwise(one, {}), true);
  });

  test('threads are kept apart, each once; its checks are those of the thread it names', () => {
    const facts = [{ name: 'checks', value: 'acme/api@f00', at: null }];
    const heard = heardOf(
      [
        { thread: 'a', facts },
        { thread: 'b', facts: [] },
        { thread: 'a', facts },
      ],
      at(1, 1),
    );
    assert.deepEqual(
      heard.map(({ thread }) => thread),
      ['a'],
    );
    assert.equal(mergedHeard([...heard, ...heard]).length, 1);
    assert.equal(checksOf(heard[0]?.facts ?? {}), 'acme/api@f00');
    assert.equal(checksOf({ checks: { value: 'x'.repeat(501), at: 1, eventId: 1 } }), null);
    assert.equal(checksOf({ checks: { value: 7, at: 1, eventId: 1 } }), null);
  });
});

function at(id: number, receivedAt: number) {
  return { id, receivedAt };
}
