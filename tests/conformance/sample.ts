import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Activity } from '../../src/model/activity.ts';
import type { StoredEvent } from '../../src/model/event.ts';
import { entryOf, fateOf, whyMinor } from '../../src/model/event-catalog.ts';
import { splitName } from '../../src/model/kind.ts';
import type { Provider } from '../../src/model/plugin/provider.ts';
import type { Source } from '../../src/model/source.ts';
import { PayloadError } from '../../src/shared/payload.ts';
import { Secret } from '../../src/shared/secret.ts';
import { sentence } from '../../src/text/sentence.ts';
import { faultOf } from '../golden/activity-shape.ts';
import { harmOf } from '../golden/harm.ts';
import { ANYWHERE } from '../golden/hostile.ts';
import { FULL, tried } from '../support/long-form.ts';
import { seeded } from '../support/seeded.ts';
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

  test(`${name}: whatever text stands in a payload, it can call, disguise, hide and break nothing`, async () => {
    const from = await source();
    for (const { name: sample, payload, type } of await made(0)) {
      for (const text of ANYWHERE) {
        const harm = await harmWith({ from, home }, type, withText(payload, text) as Json);
        assert.deepEqual(harm, [], `${sample} with ${JSON.stringify(text)}`);
      }
    }
  });

  test(`${name}: a payload with a field missing, empty or of another type is told, skipped, or refused by that field's name`, async (t) => {
    const from = await source();
    const random = seeded(7);
    const all = (await made(0)).map((sample) => ({ ...sample, paths: [...pathsOf(sample.payload, [])] }));
    const count = all.reduce((sum, { paths }) => sum + paths.length * CHANGES.length, 0);
    const share = FULL ? 1 : SOME / count;
    let cases = 0;
    for (const { name: sample, payload, type, paths } of all) {
      for (const [path, value] of paths.flatMap((each) => CHANGES.map((change) => [each, change] as const))) {
        if (random() >= share) continue;
        cases += 1;
        const harm = await harmWith({ from, home }, type, withValue(payload, path, value) as Json);
        assert.deepEqual(harm, [], `${sample}, ${path.join('.')} is ${JSON.stringify(value)?.slice(0, 40)}`);
      }
    }
    tried(t, cases, 'payloads');
  });
}

/** Changed fields of a provider in `npm test`; `npm run attack` tries them all. */
const SOME = 600;
const CHANGES: readonly unknown[] = [undefined, null, '', 7, -1e308, true, [], {}, ['x', 7, null], 'x'.repeat(10_000)];

async function harmWith(
  { from, home }: { from: Source; home: RegExp },
  type: string,
  payload: Json,
): Promise<readonly string[]> {
  try {
    const activity = await told(from, type, payload);
    return activity === null
      ? []
      : [faultOf(activity), ...harmOf(activity, home), ...nonsense(activity)].filter(Boolean);
  } catch (error) {
    return error instanceof PayloadError
      ? []
      : [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}

function nonsense(activity: Activity): readonly string[] {
  const text = sentence(activity);
  return /\bundefined\b|\bNaN\b|\[object/.test(text) ? [text] : [];
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

/** Names that the provider gives, on which the shape of all the rest hangs. */
const NAMED = new Set(['id', 'object', 'type', 'subtype', 'action', 'currency']);

function withText(value: unknown, text: string, key = ''): unknown {
  if (typeof value === 'string') return NAMED.has(key) ? value : text;
  if (Array.isArray(value)) return value.map((each) => withText(each, text, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withText(each, text, name)]));
}

function* pathsOf(value: unknown, before: readonly string[]): Generator<readonly string[]> {
  if (typeof value !== 'object' || value === null || before.length > 4) return;
  for (const [key, each] of Object.entries(value)) {
    yield [...before, key];
    yield* pathsOf(each, [...before, key]);
  }
}

function withValue(value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown {
  if (key === undefined) return put;
  if (Array.isArray(value))
    return value.map((each, index) => (String(index) === key ? withValue(each, rest, put) : each));
  const object = value as Json;
  return { ...object, [key]: withValue(object[key], rest, put) };
}
