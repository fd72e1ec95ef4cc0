import { z } from 'zod';
import * as common from '../answers/common.ts';
import * as counts from '../answers/counts.ts';
import * as events from '../answers/events.ts';
import * as lanes from '../answers/lanes.ts';
import * as preview from '../answers/preview.ts';
import * as problems from '../answers/problems.ts';
import * as replays from '../answers/replays.ts';
import * as rules from '../answers/rules.ts';
import * as setup from '../answers/setup.ts';

import { ABOUT } from './about.ts';

export type Json = Readonly<Record<string, unknown>>;
type Schemas = Readonly<Record<string, Json>>;
type Direction = 'input' | 'output';

const MODULES = [common, counts, events, lanes, preview, problems, replays, rules, setup];

/** Every schema that answers/ exports, and that name. */
const NAMED: ReadonlyMap<z.ZodType, string> = new Map(
  MODULES.flatMap((module) =>
    Object.entries(module).flatMap(([name, value]) => (value instanceof z.ZodType ? [[value, name] as const] : [])),
  ),
);

export function nameOf(schema: z.ZodType): string | null {
  return NAMED.get(schema) ?? null;
}

export function refTo(name: string): Json {
  return { $ref: `#/components/schemas/${name}` };
}

/** The schemas of those names, and of all that they name. What is sent may be answered too: it is described as it is sent. */
export function componentsOf(answered: Iterable<string>, sent: Iterable<string>): Schemas {
  const all = { ...reachable(answered, drawn('output')), ...reachable(sent, drawn('input')) };
  const sorted = Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, schema]) => [name, { description: ABOUT[name], ...schema }]));
}

/** One schema where it stands. */
export function inline(schema: z.ZodType, io: Direction): Json {
  return plain(z.toJSONSchema(schema, { io, unrepresentable: 'any', override: simpler(io) }));
}

function drawn(io: Direction): Schemas {
  const registry = z.registry<{ readonly id: string }>();
  for (const [schema, id] of NAMED) registry.add(schema, { id });
  const uri = (id: string) => `#/components/schemas/${id}`;
  const { schemas } = z.toJSONSchema(registry, { io, uri, unrepresentable: 'any', override: simpler(io) });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, plain(schema)]));
}

function reachable(names: Iterable<string>, all: Schemas): Schemas {
  const wanted = new Set(names);
  // A set grows while it is gone through.
  for (const name of wanted) for (const named of namesIn(all[name])) wanted.add(named);
  return Object.fromEntries([...wanted].map((name) => [name, all[name] ?? {}]));
}

function namesIn(schema: Json | undefined): readonly string[] {
  return [...JSON.stringify(schema ?? {}).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name);
}

function simpler(io: Direction) {
  return ({ jsonSchema: schema }: { readonly jsonSchema: Record<string, unknown> }): void => {
    // Keys are added to answers: whoever reads them by this description must not refuse those.
    if (io === 'output' && schema['additionalProperties'] === false) delete schema['additionalProperties'];
    // That numbers are safe, and how a date is spelt, is said by their types.
    if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum'];
    if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum'];
    if (schema['format'] !== undefined) delete schema['pattern'];
  };
}

function plain(schema: object): Json {
  const { $schema: _draft, $id: _uri, id: _name, ...rest } = schema as Record<string, unknown>;
  return rest;
}
