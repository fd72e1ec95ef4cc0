import * as z from 'zod/mini';
import type { EventCatalog } from '../../model/event-catalog.ts';
import { EDITORS, type Json, type Option, type Options } from '../parts/editors.ts';
import type { Rows } from '../rows/rows.ts';
import { fileSchema } from './file-schema.ts';
import { filterOrShort } from './filter-schema.ts';
import { OPTION_TEXTS } from './option-texts.ts';

/**
 * tidings.yaml as JSON Schema, for editors: what the loader takes, short forms and variables included. What one value says
 * about another only the loader knows. Draft 7 is what editors of YAML understand. `events`: to choose from.
 */
export function jsonSchema(rows: Rows, events: EventCatalog): Json {
  const definitions: Record<string, unknown> = { filter: converted(filterOrShort, events) };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'tidings.yaml',
    ...(apart(converted(fileSchema(rows), events), definitions) as Json),
    definitions,
  };
}

/** Puts the keys of each provider among the definitions: all in one place are more than some validators can compile. */
function apart(json: unknown, definitions: Record<string, unknown>): unknown {
  if (Array.isArray(json)) return json.map((each) => apart(each, definitions));
  if (typeof json !== 'object' || json === null) return json;
  const { properties } = json as { readonly properties?: Readonly<Record<string, { readonly const?: unknown }>> };
  const provider = properties?.['provider']?.const;
  if (typeof provider === 'string') {
    definitions[`source-${provider}`] = json;
    return { $ref: `#/definitions/source-${provider}` };
  }
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, apart(value, definitions)]));
}

function converted(schema: z.ZodMiniType, events: EventCatalog): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      const { section, options = textsOf(section), shape } = EDITORS.get(zodSchema as unknown as z.ZodMiniType) ?? {};
      if (options !== undefined) Object.assign(jsonSchema, { [OPTIONS]: textsAlone(options) });
      if (shape !== undefined) replace(jsonSchema, shape({ ...jsonSchema }, events));
    },
  });
  return described(json) as Json;
}

/** Marks an object whose keys are described once the whole is there: keys may share one schema, and descriptions differ. */
const OPTIONS = 'x-options';

function textsOf(section: string | undefined): Options | undefined {
  const sections: Readonly<Record<string, Options | undefined>> = OPTION_TEXTS;
  return section === undefined ? undefined : sections[section];
}

function described(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(described);
  if (typeof json !== 'object' || json === null) return json;
  const { [OPTIONS]: options, ...rest } = json as { readonly [OPTIONS]?: Options };
  const plain = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, described(value)] as const));
  if (options === undefined) return plain;
  const properties = Object.entries(plain['properties'] as Json).map(([key, value]) => {
    const option = options[key];
    return [key, option ? { ...(value as Json), description: descriptionOf(option) } : value];
  });
  return { ...plain, properties: Object.fromEntries(properties) };
}

function descriptionOf({ text, without }: Option): string {
  const plain = text.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1');
  const isDefault = without !== null && !/^(?:needed|this|with)/.test(without);
  return isDefault ? `${plain} Left out: ${without}${without.endsWith('…') ? '' : '.'}` : plain;
}

/** In place: zod goes on with the object itself. */
function replace(target: object, json: Json): void {
  for (const key of Object.keys(target)) Reflect.deleteProperty(target, key);
  Object.assign(target, json);
}

/** A key of a row holds its schema too, which is no JSON. */
function textsAlone(options: Options): Options {
  return Object.fromEntries(Object.entries(options).map(([key, { without, text }]) => [key, { without, text }]));
}
