import * as z from 'zod/mini';
import type { EventCatalog } from '../../model/event-catalog.ts';
import { EDITORS, type Json } from './editors.ts';
import { FILE_SCHEMA } from './file-schema.ts';
import { filterOrShort } from './filter-schema.ts';
import { OPTION_TEXTS, type Option } from './option-texts.ts';

/**
 * tidings.yaml as JSON Schema, for editors: what the loader takes, short forms and variables included. What one value says
 * about another only the loader knows. Draft 7 is what editors of YAML understand. `events`: to choose from.
 */
export function jsonSchema(events: EventCatalog): Json {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'tidings.yaml',
    ...converted(FILE_SCHEMA, events),
    definitions: { filter: converted(filterOrShort, events) },
  };
}

function converted(schema: z.ZodMiniType, events: EventCatalog): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      const { section, shape } = EDITORS.get(zodSchema as unknown as z.ZodMiniType) ?? {};
      if (section !== undefined) Object.assign(jsonSchema, { [SECTION]: section });
      if (shape !== undefined) replace(jsonSchema, shape({ ...jsonSchema }, events));
    },
  });
  return described(json) as Json;
}

/** Marks an object whose keys are described once the whole is there: keys may share one schema, and descriptions differ. */
const SECTION = 'x-section';

function described(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(described);
  if (typeof json !== 'object' || json === null) return json;
  const entries = Object.entries(json).map(([key, value]) => [key, described(value)] as const);
  const { [SECTION]: section, ...plain } = Object.fromEntries(entries);
  if (typeof section !== 'string') return plain;
  const sections: Readonly<Record<string, Readonly<Record<string, Option>> | undefined>> = OPTION_TEXTS;
  const options = sections[section] ?? {};
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
