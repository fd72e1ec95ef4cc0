import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { githubLife, THREAD } from '../../../../tests/fixtures/github-life.ts';
import { FULL } from '../../../../tests/support/long-form.ts';
import type { Heard } from '../../../model/known/card.ts';
import { heardOf, mergedHeard } from '../../../model/known/facts.ts';
import { askedSince, reviewersOf } from '../../../model/known/reviewers.ts';
import { know } from './know.ts';
import { knowListed } from './listed.ts';

const SEED = fc.nat(2 ** 31);

/** What a reminder asks of it. */
function waits(heard: readonly Heard[]) {
  const { facts } = heard.find(({ thread }) => thread === THREAD) ?? assert.fail();
  const reviewers = reviewersOf({ facts });
  const second = (at: number | undefined) => Math.floor((at ?? 0) / 1_000);
  const said = ['state', 'title', 'author', 'base', 'labels', 'assignees', 'place', 'checks'].map(
    (name) => facts[name]?.value,
  );
  const since = reviewers.asked.map((name) => second(askedSince({ facts }, name)));
  return { reviewers, since, opened: second(facts['opened']?.at), said };
}

test('asked at its end, the API says of a life what its events say, and changes nothing of it whenever it is heard', () => {
  fc.assert(
    fc.property(SEED, fc.nat(), (seed, place) => {
      const life = githubLife(seed);
      const { pull, timeline } = life.listed;
      const told = life.events.map(({ type, payload }, n) =>
        heardOf(know(type, payload), { id: n + 1, receivedAt: life.endedAt + n }),
      );
      const listed = heardOf(knowListed(pull, timeline), { id: 0, receivedAt: life.endedAt + 9e6 });
      const all = mergedHeard(told.flat());
      assert.deepEqual(waits(listed), waits(all));
      const some = told.slice(place % told.length).flat();
      assert.deepEqual(waits(mergedHeard([...listed, ...some])), waits(all));
      const filled = mergedHeard([...some, ...listed, ...told.flat()]);
      assert.deepEqual(waits(filled), waits(all));
    }),
    { numRuns: FULL ? 500 : 30 },
  );
});

test('what it lacks, or has in another form, is not said; it never throws', () => {
  for (const odd of [null, 7, 'x', [], {}, { number: 'x' }, { number: 1, base: { repo: null } }]) {
    assert.deepEqual(knowListed(odd, [odd, { event: 'reviewed' }, { event: 'review_requested' }]), []);
  }
  const pull = { number: 1, base: { ref: 'main', repo: { full_name: 'acme/api' } } };
  const timeline = [
    null,
    7,
    {},
    { event: 7 },
    { event: 'reviewed', submitted_at: 'x' },
    { event: 'reopened', created_at: null },
  ];
  assert.deepEqual(knowListed(pull, timeline), knowListed(pull, []));
});
