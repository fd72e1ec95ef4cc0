import { dirname, resolve } from 'node:path';
import type { RuleTest } from './config.ts';
import type { TestData } from './schema/file-schema.ts';

/** `configPath` is absolute. */
export function testsOf(tests: readonly TestData[], configPath: string): readonly RuleTest[] {
  return tests.flatMap((test) => testOf(test, configPath) ?? []);
}

/** Null: what `remarksOnTest` has a word about. */
function testOf({ event, payload, type, ...data }: TestData, configPath: string): RuleTest | null {
  const rest = {
    name: data.name,
    set: new Map(Object.entries(data.set ?? {})),
    files: data.files ?? null,
    previous: data.previous ?? null,
    at: data.at === undefined ? null : Date.parse(data.at),
    says: data.says ?? null,
    expect: Object.entries(data.expect).map(([destination, called]) => ({
      destination,
      called: called?.map((name) => name.replace(/^@/, '')) ?? null,
    })),
  };
  if (event !== undefined) return { ...rest, payload: { kind: 'sample', name: event } };
  if (payload === undefined || type === undefined) return null;
  return { ...rest, payload: { kind: 'file', path: resolve(dirname(configPath), payload), type } };
}
