import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Activity } from '../../src/model/activity.ts';
import type { StoredEvent } from '../../src/model/event.ts';
import { entryOf, fateOf, whyMinor } from '../../src/model/event-catalog.ts';
import { splitName } from '../../src/model/kind.ts';
import type { Provider } from '../../src/model/plugin/provider.ts';
import type { Source } from '../../src/model/source.ts';
import { Secret } from '../../src/shared/secret.ts';
import { sentence } from '../../src/text/sentence.ts';
import { faultOf } from '../golden/activity-shape.ts';
import { harmOf } from '../golden/harm.ts';
import { verdictOn } from './source.ts';
import { NOW, type SourceFixture } from './source-fixture.ts';

type Json = Readonly<Record<string, unknown>>;

/** What every provider's samples must do: be signed, be taken, and be told in words that harm nobody. */
export function sampleConformance(name: string, provider: Provider<unknown>, fixture: SourceFixture): void {
  const { secret, home, settings = {} } = fixture;
  const { samples, sign } = provider;
  if (samples === undefined || sign === undefined) return;
  const source = () => provider.source({ name, secrets: [new Secret(secret)], settings });
  const made = async (no: number) => {
    const all = await samples();
    return all.names().map((each) => {
      const sample = all.make(each, no, NOW * 1000);
      assert.ok(sample, each);
      return {
        name: each,
        ...sample,
        body: all.written?.(sample.payload) ?? Buffer.from(JSON.stringify(sample.payload)),
      };
    });
  };

  test(`${name}: the sample to try first is one of them`, async () => {
    assert.ok((await samples()).names().includes(provider.firstSample ?? ''), provider.firstSample);
  });

  test(`${name}: every sample is signed as the provider signs, and no two are one`, async () => {
    const ids = new Set<string>();
    const all = [...(await made(0)), ...(await made(1))];
    for (const [no, { name: sample, type, body }] of all.entries()) {
      const delivery = { type, guid: `guid-${no}`, url: `/webhooks/${name}`, body, now: NOW * 1000 };
      const headers = await sign(delivery, new Secret(secret), settings);
      const found = await verdictOn(await source(), { name: sample, headers, body, expect: 'accept' });
      assert.equal(found.verdict, 'accept', `${sample}: ${found.why}`);
      ids.add(found.deliveryId ?? '');
    }
    assert.equal(ids.size, all.length);
  });

  test(`${name}: every sample is told in words`, async () => {
    const from = await source();
    for (const { name: sample, payload, type } of await made(0)) {
      const activity = await told(from, type, payload);
      // Another event tells it.
      if (activity === null) continue;
      assert.equal(faultOf(activity), '', sample);
      assert.deepEqual(harmOf(activity, home), [], sample);
      assert.doesNotMatch(sentence(activity), /undefined|null|NaN|\[object|\{it\}|\{repo\}/, sample);
    }
  });

  test(`${name}: a sample is an event of its catalogue, and what is minor there is minor`, async () => {
    const catalog = await provider.events?.();
    if (catalog === undefined) return;
    const from = await source();
    for (const { name: sample, payload, type } of await made(0)) {
      const activity = await told(from, type, payload);
      const entry = entryOf(catalog, activity?.type ?? '');
      if (entry === undefined || activity === null) continue;
      const fate = fateOf(entry, activity.action);
      assert.ok(fate !== undefined, `${sample}: ${activity.kind} is not in the catalogue`);
      if (fate === 'told') assert.equal(activity.isMinor, false, sample);
      if (whyMinor(fate) !== null) assert.equal(activity.isMinor, true, sample);
    }
  });
}

async function told(from: Source, type: string, payload: Json): Promise<Activity | null> {
  const normalised = await from.normalise(storedEvent(from, type, payload));
  return normalised.kind === 'activity' ? normalised.activity : null;
}

function storedEvent({ name, provider }: Source, type: string, payload: Json): StoredEvent {
  const received = NOW * 1000;
  return {
    id: 1,
    origin: 'webhook',
    source: name,
    deliveryId: '1',
    guid: '1',
    type: provider === 'github' ? type : splitName(type).type,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(payload)),
    receivedAt: received,
    storedAt: received,
    replays: 0,
    settled: null,
  };
}
