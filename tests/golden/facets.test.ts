import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Activity } from '../../src/model/activity.ts';
import type { FacetName } from '../../src/model/event-catalog.ts';
import { eventOf } from '../../src/sources/github/events.ts';
import { recorded, written } from './payloads.ts';
import { tell } from './tell.ts';

const SAID: Readonly<Record<FacetName, (activity: Activity) => boolean>> = {
  author: ({ author }) => author !== null,
  branch: ({ branch }) => branch !== null,
  conclusion: ({ conclusion }) => conclusion !== null,
  head: ({ head }) => head !== null,
  labels: ({ labels }) => labels.length > 0,
  // Those of a pull request can be asked for.
  paths: ({ paths, pullRequest }) => paths !== null || pullRequest !== null,
  severity: ({ severity }) => severity !== null,
  tag: ({ tag }) => tag !== null,
  transition: ({ result }) => result !== null,
};

test('what an event says is in its row, or a filter that fits would be refused', () => {
  let told = 0;
  const wrong = new Set<string>();
  for (const { type, payload } of [...recorded(), ...written()]) {
    const normalised = tell(type, payload);
    if (normalised.kind !== 'activity') continue;
    told++;
    for (const [facet, isSaid] of Object.entries(SAID) as [FacetName, (typeof SAID)[FacetName]][]) {
      if (isSaid(normalised.activity) && !eventOf(type)?.facets.includes(facet)) wrong.add(`${type} says ${facet}`);
    }
  }
  assert.deepEqual([...wrong], []);
  assert.ok(told > 200, String(told));
});
