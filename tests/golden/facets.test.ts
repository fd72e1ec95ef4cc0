import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Activity } from '../../src/model/activity.ts';
import type { FacetName } from '../../src/model/facets.ts';
import { eventOf } from '../../src/sources/github/events.ts';
import { recorded, written } from './payloads.ts';
import { tell } from './tell.ts';

const SAID: Readonly<Record<FacetName, (activity: Activity) => boolean>> = {
  assignees: ({ facets }) => facets.assignees.length > 0,
  author: ({ facets }) => facets.author !== null,
  branch: ({ facets }) => facets.branch !== null,
  conclusion: ({ facets }) => facets.conclusion !== null,
  currency: ({ facets }) => facets.currency !== null,
  environment: ({ facets }) => facets.environment !== null,
  head: ({ facets }) => facets.head !== null,
  labels: ({ facets }) => facets.labels.length > 0,
  // Those of a pull request can be asked for.
  paths: ({ facets }) => facets.paths !== null || facets.pullRequest !== null,
  severity: ({ facets }) => facets.severity !== null,
  tag: ({ facets }) => facets.tag !== null,
  transition: ({ result }) => result !== null,
  workflow: ({ facets }) => facets.workflow.length > 0,
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
