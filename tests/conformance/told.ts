import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Activity } from '../../src/model/activity.ts';
import type { Provider } from '../../src/model/plugin/provider.ts';
import type { Source } from '../../src/model/source.ts';
import { PayloadError } from '../../src/shared/payload.ts';
import { faultOf } from '../golden/activity-shape.ts';
import type { GoldenPayload } from '../golden/entry.ts';
import { harmOf } from '../golden/harm.ts';
import { harmElsewhere } from '../golden/harm-elsewhere.ts';
import { ANYWHERE } from '../golden/hostile.ts';
import { nonsenseIn } from '../golden/nonsense.ts';
import { sampled } from '../golden/providers.ts';
import { storedEvent } from '../golden/tell.ts';
import { FULL, share, tried } from '../support/long-form.ts';
import { seeded } from '../support/seeded.ts';
import { withText, withValue } from './changed-payload.ts';
import type { SourceFixture } from './source-fixture.ts';

/** Changed fields of a provider, and hostile texts, in `npm test`; `npm run attack` tries every one. */
const SOME = 500;
const HOSTILE_SOME = 200;
/** The largest collection has 70,000 fields, and a fuzz of its own (tests/golden/fuzz.ts). */
const MOST = 100_000;
const CHANGES: readonly unknown[] = [undefined, null, '', 7, -1e308, true, [], {}, ['x', 7, null], 'x'.repeat(10_000)];

/** What is made of every payload of a provider, as it is and changed: words that harm nobody, at any destination. */
export function toldConformance(name: string, provider: Provider<unknown>, fixture: SourceFixture): void {
  const source = () => provider.source({ name, secrets: [], settings: {} });
  const payloads = async () => fixture.payloads(sampled(await provider.samples?.()));

  test(`${name}: every payload is told as each destination takes it, without a trace of code`, async (t) => {
    const from = await source();
    const harmIn = teller(from, fixture);
    const all = await payloads();
    for (const one of all) assert.deepEqual(await harmIn(one, one.payload), [], one.pair);
    tried(t, all.length, 'payloads');
  });

  test(`${name}: whatever text stands in a payload, it can call, disguise, hide and break nothing`, async (t) => {
    const harmIn = teller(await source(), fixture);
    const all = await payloads();
    const isIn = share(t, Math.ceil((all.length * ANYWHERE.length) / HOSTILE_SOME));
    let cases = 0;
    for (const [no, one] of all.entries()) {
      for (const [turn, text] of ANYWHERE.entries()) {
        if (!isIn(no + turn)) continue;
        cases += 1;
        const harm = await harmIn(one, withText(one.payload, text));
        assert.deepEqual(harm, [], `${one.pair} with ${JSON.stringify(text)}`);
      }
    }
    tried(t, cases, 'payloads');
  });

  test(`${name}: a payload with a field missing, empty or of another type is told, skipped, or refused by that field's name`, async (t) => {
    const harmIn = teller(await source(), fixture);
    const random = seeded(7);
    const all = (await payloads()).map((one) => ({ one, paths: [...pathsOf(one.payload, [])] }));
    const count = all.reduce((sum, { paths }) => sum + paths.length * CHANGES.length, 0);
    const part = (FULL ? MOST : SOME) / count;
    let cases = 0;
    for (const { one, paths } of all) {
      for (const [path, value] of paths.flatMap((each) => CHANGES.map((change) => [each, change] as const))) {
        if (part < 1 && random() >= part) continue;
        cases += 1;
        const harm = await harmIn(one, withValue(one.payload, path, value));
        assert.deepEqual(harm, [], `${one.pair}, ${path.join('.')} is ${JSON.stringify(value)?.slice(0, 40)}`);
      }
    }
    tried(t, cases, 'payloads');
  });
}

/** What is wrong with how it is told. Most fields change nothing of it: what was looked at once is not looked at again. */
function teller(from: Source, { home }: SourceFixture) {
  const seen = new Set<string>();
  return async ({ type, sent }: GoldenPayload, payload: unknown): Promise<readonly string[]> => {
    try {
      const told = await from.normalise(storedEvent(sent ?? type, payload));
      if (told.kind !== 'activity') return told.reason === '' ? ['a skip without a reason'] : [];
      const text = JSON.stringify(told.activity);
      if (seen.has(text)) return [];
      seen.add(text);
      return harmAnywhere(told.activity, home);
    } catch (error) {
      if (error instanceof PayloadError) return [];
      return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
    }
  };
}

function harmAnywhere(activity: Activity, home: RegExp): readonly string[] {
  return [
    faultOf(activity),
    ...harmOf(activity, home),
    ...harmElsewhere(activity, home),
    ...nonsenseIn(activity),
  ].filter(Boolean);
}

function* pathsOf(value: unknown, before: readonly string[]): Generator<readonly string[]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) {
    yield [...before, key];
    yield* pathsOf(each, [...before, key]);
  }
}
