import { readFileSync } from 'node:fs';
import type { Config, RuleTest } from '../config/config.ts';
import { fileTrouble } from '../config/read/file-trouble.ts';
import { rehearse } from '../jobs/rehearse.ts';
import type { StoredEvent } from '../model/event.ts';
import type { SamplePayload } from '../model/plugin/samples.ts';
import type { Rehearsed } from '../model/trial/rehearsal.ts';
import { createRoute } from '../route/route.ts';
import { madeBy, sampleWords } from './check-sample.ts';
import { allSamples, type ProviderSamples } from './samples.ts';
import { sourcesByName, templatesOf } from './sources.ts';
import { takersIn } from './takers.ts';

/** A Wednesday at noon, UTC: a test without a time says the same on every day. */
const NOON = Date.UTC(2026, 0, 14, 12);

/** What the rules make of each test's payload, in order. */
export async function rehearseAll(tests: readonly RuleTest[], config: Config): Promise<readonly Rehearsed[]> {
  const [sources, samples] = await Promise.all([sourcesByName(config), allSamples()]);
  const route = createRoute(config.rules, config.directory, templatesOf(config));
  return Promise.all(
    tests.map(async (test): Promise<Rehearsed> => {
      try {
        const passedBefore = test.previous === null ? null : test.previous === 'success';
        const stage = { sources, route, passedBefore, paths: test.files, takers: takersIn(config) };
        return await rehearse(eventOf(test, config, samples), stage);
      } catch (error) {
        return { ok: false, problem: error instanceof Error ? error.message : String(error) };
      }
    }),
  );
}

/** @throws Error whose message says what is wrong with the test */
function eventOf(test: RuleTest, { sources }: Config, samples: readonly ProviderSamples[]): StoredEvent {
  const at = test.at ?? NOON;
  const { type, payload, provider } = payloadOf(test, at, samples);
  const source = sources.find((each) => each.provider === provider) ?? sources[0];
  const body = Buffer.from(JSON.stringify(payload));
  const event = { id: 1, origin: 'webhook', deliveryId: 'test', guid: 'test', type, body } as const;
  const about = { headers: {}, receivedAt: at, storedAt: at, replays: 0, settled: null };
  return { ...event, ...about, source: source?.name ?? '' };
}

/** With the provider whose it is. A file's is not known. */
function payloadOf({ payload: named, set }: RuleTest, at: number, all: readonly ProviderSamples[]) {
  const { provider = null, samples, made } = named.kind === 'sample' ? madeBy(all, named.name, at) : {};
  if (named.kind === 'sample' && made === undefined) throw new Error(sampleWords(all, named.name));
  const given = named.kind === 'sample' ? made : ofFile(named);
  const payload = structuredClone({ ...given?.payload });
  const change = (samples ?? all[0]?.samples)?.change;
  for (const [path, value] of set) {
    const problem = change?.(payload, path, value) ?? null;
    if (problem !== null) throw new Error(`set ${path}: ${problem}`);
  }
  return { type: given?.type ?? '', payload, provider };
}

function ofFile({ path, type }: { readonly path: string; readonly type: string }): SamplePayload {
  const payload: unknown = parsed(textOf(path), path);
  if (typeof payload === 'object' && payload !== null && !Array.isArray(payload)) {
    return { type, payload: payload as SamplePayload['payload'] };
  }
  throw new Error(`the payload is no JSON object (${path})`);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`the payload ${fileTrouble(error, path)}`, { cause: error });
  }
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`the payload is no JSON: ${why} (${path})`, { cause: error });
  }
}
