import { readFileSync } from 'node:fs';
import type { Config, RuleTest } from '../config/config.ts';
import { fileTrouble } from '../config/read/file-trouble.ts';
import { rehearse } from '../jobs/rehearse.ts';
import type { StoredEvent } from '../model/event.ts';
import type { Rehearsed } from '../model/rehearsal.ts';
import { createRoute } from '../route/route.ts';
import { setPath } from '../sources/github/samples/apply-set.ts';
import { sample } from '../sources/github/samples/sample.ts';
import type { SamplePayload } from './app-port.ts';
import { buildSource } from './build.ts';
import { sampleWords } from './check-sample.ts';

/** A Wednesday at noon, UTC: a test without a time says the same on every day. */
const NOON = Date.UTC(2026, 0, 14, 12);

/** What the rules make of each test's payload, in order. */
export function rehearseAll(tests: readonly RuleTest[], config: Config): readonly Rehearsed[] {
  const sources = new Map(config.sources.map((source) => [source.name, buildSource(source)]));
  const route = createRoute(config.rules, config.directory);
  const source = config.sources[0]?.name ?? 'github';
  return tests.map((test) => {
    try {
      const passedBefore = test.previous === null ? null : test.previous === 'success';
      return rehearse(eventOf(test, source), { sources, route, passedBefore, paths: test.files });
    } catch (error) {
      return { ok: false, problem: error instanceof Error ? error.message : String(error) };
    }
  });
}

/** @throws Error whose message says what is wrong with the test */
function eventOf(test: RuleTest, source: string): StoredEvent {
  const at = test.at ?? NOON;
  const { type, payload } = payloadOf(test, at);
  const body = Buffer.from(JSON.stringify(payload));
  const event = { id: 1, origin: 'webhook', source, deliveryId: 'test', guid: 'test', type, body } as const;
  return { ...event, headers: {}, receivedAt: at, storedAt: at, replays: 0, settled: null };
}

function payloadOf(test: RuleTest, at: number): SamplePayload {
  const given = test.payload.kind === 'sample' ? ofSample(test.payload.name, at) : ofFile(test.payload);
  const payload = structuredClone(given.payload);
  for (const [path, value] of test.set) setPath(payload, path, value);
  return { type: given.type, payload };
}

function ofSample(name: string, now: number): SamplePayload {
  const found = sample(name, { n: 0, now });
  if (found !== undefined) return found;
  throw new Error(sampleWords(name));
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
