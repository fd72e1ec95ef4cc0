import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { generatedParts, httpBodyFile, PAGES, schemaFile, withGenerated } from '../../../scripts/reference.ts';
import { CATALOG } from '../../catalog.ts';
import { everyEvent } from '../../run/every-event.ts';
import type { Options } from '../parts/editors.ts';
import { rowsOf } from '../rows/rows.ts';
import { jsonSchema } from './json-schema.ts';
import { OPTION_TEXTS } from './option-texts.ts';
import { BY_EMAIL } from './people-schema.ts';
import { destinationTexts, fileTexts, personTexts, sourceTexts, teamTexts } from './row-texts.ts';

const ROWS = await rowsOf(CATALOG);
const { catalog: EVENTS } = await everyEvent();

const HOW = 'npm run reference writes it anew';

function docs(name: string): string {
  return readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
}

for (const name of PAGES) {
  test(`the tables of docs/${name} are those of the schema`, () => {
    const page = docs(name);
    assert.equal(page, withGenerated(page), HOW);
  });
}

test('every part that is generated has its place', () => {
  const places = PAGES.flatMap((name) => [...docs(name).matchAll(/<!-- generated: (\w+) -->/g)]);
  assert.deepEqual(places.map(([, name = '']) => name).toSorted(), Object.keys(generatedParts()).toSorted());
});

test('docs/tidings.schema.json is the schema', () => assert.equal(docs('tidings.schema.json'), schemaFile(), HOW));

test('docs/http-body.schema.json is what HTTP destinations post', () =>
  assert.equal(docs('http-body.schema.json'), httpBodyFile(), HOW));

/** Every mapping that takes known keys only, wherever it stands; and the one that takes a key beside names. */
function* mappings(json: unknown): Generator<Readonly<Record<string, { readonly description?: string }>>> {
  if (typeof json !== 'object' || json === null) return;
  if ('additionalProperties' in json && 'properties' in json) {
    const properties = json.properties as Readonly<Record<string, { readonly description?: string }>>;
    if (json.additionalProperties === false || BY_EMAIL in properties) yield properties;
  }
  for (const value of Object.values(json)) yield* mappings(value);
}

test('every key is described, and nothing else is', () => {
  const found = new Set<string>();
  for (const properties of mappings(jsonSchema(ROWS, EVENTS))) {
    for (const [key, { description = '' }] of Object.entries(properties)) {
      assert.notEqual(description, '', key);
      found.add(`${key}: ${description}`);
    }
  }
  const inRows = new Set(['file', 'source', 'person', 'team']);
  const sections: readonly Options[] = [
    ...Object.entries<Options>(OPTION_TEXTS).flatMap(([section, options]) => (inRows.has(section) ? [] : [options])),
    fileTexts(ROWS),
    personTexts(ROWS),
    teamTexts(ROWS),
    ...Array.from(ROWS.providers, ([name, kind]) => sourceTexts(name, kind, ROWS)),
    ...Array.from(ROWS.channels, ([type, kind]) => destinationTexts(type, kind)),
  ];
  const described = sections.flatMap((options) => Object.entries(options));
  assert.ok(found.size > 40);
  assert.equal(found.size, new Set(described.map(([key, { text, without }]) => `${key} ${text} ${without}`)).size);
});
