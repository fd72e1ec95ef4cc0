import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neverHas } from '../../src/config/check/filters.ts';
import type { Activity } from '../../src/model/activity.ts';
import { Secret } from '../../src/shared/secret.ts';
import { githubSource } from '../../src/sources/github/github-source.ts';
import { githubExamples } from '../fixtures/github-examples.ts';

const SEEN: Readonly<Record<string, (activity: Activity) => unknown>> = {
  branches: ({ branch, head }) => branch ?? head,
  tags: ({ tag }) => tag,
  paths: ({ paths, pullRequest }) => paths ?? pullRequest,
  conclusion: ({ conclusion }) => conclusion,
  transition: ({ result }) => result,
  severity: ({ severity }) => severity,
};

test("no filter is refused for an event that has what it asks for, in any of GitHub's examples", () => {
  const source = githubSource({ name: 'github', secrets: [new Secret('a')] });
  let told = 0;
  const wrong = new Set<string>();
  for (const [index, { type, payload }] of githubExamples().entries()) {
    const normalised = source.normalise({
      id: index,
      origin: 'webhook',
      source: 'github',
      deliveryId: `1.${index}`,
      guid: String(index),
      type,
      headers: {},
      body: Buffer.from(JSON.stringify(payload)),
      receivedAt: 0,
      storedAt: 0,
      replays: 0,
      settled: null,
    });
    if (normalised.kind !== 'activity') continue;
    told++;
    for (const [filter, see] of Object.entries(SEEN)) {
      const seen = see(normalised.activity) ?? null;
      if (seen !== null && neverHas(type, filter)) wrong.add(`${normalised.activity.kind} has ${filter}`);
    }
  }
  assert.deepEqual([...wrong], []);
  assert.ok(told > 200, String(told));
});
