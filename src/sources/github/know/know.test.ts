import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { githubExamples } from '../../../../tests/fixtures/github-examples.ts';
import { githubLife, type Life, type Lived, THREAD } from '../../../../tests/fixtures/github-life.ts';
import { FULL } from '../../../../tests/support/long-form.ts';
import { seeded } from '../../../../tests/support/seeded.ts';
import { CARD_FACTS, type Heard } from '../../../model/known/card.ts';
import { heardOf, mergedHeard } from '../../../model/known/facts.ts';
import { askedSince, reviewersOf } from '../../../model/known/reviewers.ts';
import { sample, sampleNames } from '../samples/sample.ts';
import { know } from './know.ts';

/** What is known once they have arrived in this order, the first at `from`. */
function heard(events: readonly Lived[], from: number): readonly Heard[] {
  return mergedHeard(
    events.flatMap(({ type, payload }, n) => heardOf(know(type, payload), { id: n + 1, receivedAt: from + n * 1_000 })),
  );
}

/** By thread, the facts that hold. Who is asked is compared apart; what happened last differs where two things did at once. */
function holding(all: readonly Heard[]): Record<string, Record<string, unknown>> {
  const isCompared = ([name, { value }]: [string, { value: unknown }]) =>
    value !== null && name !== 'latest' && !name.startsWith('asked');
  return Object.fromEntries(
    all.map(({ thread, facts }) => [
      thread,
      Object.fromEntries(
        Object.entries(facts)
          .filter(isCompared)
          .map(([name, { value }]) => [name, value]),
      ),
    ]),
  );
}

/** Since when each fact is so: the order of arrival changes none. */
function timesOf(all: readonly Heard[]): readonly string[] {
  return all
    .flatMap(({ thread, facts }) => Object.entries(facts).map(([name, fact]) => `${thread} ${name} ${fact.at}`))
    .toSorted();
}

function assertEnd(life: Life, events: readonly Lived[]): void {
  const all = heard(events, life.endedAt);
  assert.deepEqual(holding(all), life.end);
  const subject = all.find(({ thread }) => thread === THREAD);
  assert.ok(subject);
  assert.deepEqual(reviewersOf(subject).asked, life.asked);
  const second = (at: number | undefined) => Math.floor((at ?? 0) / 1_000) * 1_000;
  assert.deepEqual(
    life.asked.map((name) => second(askedSince(subject, name))),
    life.askedAt,
  );
  assert.equal(second(subject.facts['opened']?.at), life.openedAt);
}

function shuffledBy(seed: number, events: readonly Lived[]): readonly Lived[] {
  const chance = seeded(seed);
  return events
    .map((event) => ({ event, place: chance() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ event }) => event);
}

const SEED = fc.nat(2 ** 31);

describe('what is known of a pull request', () => {
  test('in order, shuffled, doubled and late, all that is known is what is true at its end', () => {
    fc.assert(
      fc.property(SEED, SEED, (seed, order) => {
        const life = githubLife(seed);
        const [shuffled, again] = [shuffledBy(order, life.events), shuffledBy(order + 1, life.events)];
        assertEnd(life, life.events);
        assert.deepEqual(timesOf(heard(shuffled, life.endedAt)), timesOf(heard(life.events, life.endedAt)));
        assertEnd(life, shuffled);
        assertEnd(life, [...shuffled, ...again.slice(10)]);
        assertEnd(life, [...life.events.slice(5), ...life.events.slice(0, 5)]);
      }),
      { numRuns: FULL ? 300 : 10 },
    );
  });
});

test('no payload makes it throw, and all that it says is a fact that cards know', () => {
  const samples = sampleNames().map((name) => sample(name, { n: 1, now: Date.UTC(2026, 0, 1) }));
  for (const { type, payload } of [...githubExamples(), ...samples.filter((each) => each !== undefined)]) {
    const known = know(type, payload);
    for (const { facts } of known) {
      for (const { name } of facts) {
        assert.ok(
          Object.hasOwn(
            CARD_FACTS,
            name.replace(/:.*/s, (rest) => (rest === '' ? '' : ':')),
          ),
          name,
        );
      }
    }
  }
});

test('a payload with fields missing, null or of another type says what it can, and never throws', () => {
  const samples = sampleNames().flatMap((name) => sample(name, { n: 1, now: Date.UTC(2026, 0, 1) }) ?? []);
  const odd = fc.constantFrom(null, undefined, 7, -1.5, '', 'x', [], [null], [[]], {}, { login: 7 }, true, '__proto__');
  const known = samples.filter(({ type, payload }) => know(type, payload).length > 0);
  assert.ok(known.length > 20);
  fc.assert(
    fc.property(fc.constantFrom(...known), fc.array(fc.tuple(fc.nat(), odd), { maxLength: 8 }), (one, changes) => {
      const payload = structuredClone(one.payload);
      for (const [at, value] of changes) spoil(payload, at, value);
      heardOf(know(one.type, payload), { id: 1, receivedAt: 1 });
    }),
    { numRuns: 300 },
  );
  for (const payload of [null, undefined, 7, 'x', [], {}, { pull_request: [] }, { issue: { number: 'x' } }]) {
    for (const type of ['pull_request', 'issues', 'check_run', 'status', '__proto__', 'nonsense']) {
      assert.deepEqual(know(type, payload), []);
    }
  }
});

/** Sets one of its fields, two levels deep at most. */
function spoil(payload: Record<string, unknown>, at: number, value: unknown): void {
  const keys = Object.keys(payload);
  const key = keys[at % keys.length] ?? 'x';
  const inner = payload[key];
  const isDeep = typeof inner === 'object' && inner !== null && !Array.isArray(inner) && at % 5 > 0;
  if (isDeep) spoil(inner as Record<string, unknown>, Math.floor(at / 7), value);
  else payload[key] = value;
}
