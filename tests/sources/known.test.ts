import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CARD_FACTS } from '../../src/model/known/card.ts';
import { heardOf } from '../../src/model/known/facts.ts';
import type { Source } from '../../src/model/source.ts';
import { githubExamples } from '../fixtures/github-examples.ts';
import { providersUnderTest, sampled } from '../golden/providers.ts';
import { storedEvent } from '../golden/tell.ts';

interface Said {
  readonly type: string;
  readonly payload: unknown;
}

/** Of every provider that says facts, its samples, and what else is at hand of it. */
async function saidByAll(): Promise<readonly (readonly [source: Source, said: readonly Said[]])[]> {
  const all = [];
  for (const { name, provider, fixture } of await providersUnderTest()) {
    const source = await provider.source({ name, secrets: [], settings: {} });
    if (source.know === undefined) continue;
    const payloads = fixture.payloads(sampled(await provider.samples?.()));
    const said = payloads.map(({ type, sent, payload }) => ({ type: sent ?? type, payload }));
    all.push([source, [...said, ...(name === 'github' ? githubExamples() : [])]] as const);
  }
  return all;
}

for (const [source, said] of await saidByAll()) {
  test(`${source.name}: a subject has the thread that its messages have, and facts that cards know`, async () => {
    let subjects = 0;
    for (const { type, payload } of said) {
      for (const { thread, facts } of (await source.know?.(type, payload)) ?? []) {
        for (const { name } of facts) assert.ok(Object.hasOwn(CARD_FACTS, name.replace(/:.*/s, ':')), name);
        const isAll = heardOf([{ thread, facts }], { id: 1, receivedAt: Date.UTC(2030, 0, 1) }).length === 1;
        assert.equal(isAll, facts.length > 0);
        if (!facts.some(({ name }) => name === 'noun')) continue;
        subjects++;
        const read = await source.normalise({ ...storedEvent(type, payload), source: source.name });
        if (read.kind === 'activity') assert.equal(thread, read.activity.keys.thread, type);
      }
    }
    assert.ok(subjects > 0);
  });
}
