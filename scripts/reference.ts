import { CATALOG } from '../src/catalog.ts';
import { printConfig } from '../src/config/describe/print-config.ts';
import type { Json, Options } from '../src/config/parts/editors.ts';
import { type Rows, rowsOf } from '../src/config/rows/rows.ts';
import { jsonSchema } from '../src/config/schema/json-schema.ts';
import { OPTION_TEXTS } from '../src/config/schema/option-texts.ts';
import { destinationTexts, fileTexts, personTexts, sourceTexts, teamTexts } from '../src/config/schema/row-texts.ts';
import { openApiDocument } from '../src/http/api/openapi/document.ts';
import { ROUTES } from '../src/http/api/routes.ts';
import { FACETS, type Facet } from '../src/model/facets.ts';
import { everyEvent } from '../src/run/every-event.ts';
import { ABILITIES, abilityRows, pageOf } from './abilities-table.ts';
import { httpBodySchema } from './http-body-schema.ts';

// What docs/configuration.md and docs/tidings.schema.json say, from the one place where every key is described.

const ROWS = await rowsOf(CATALOG);
const EVENTS = await everyEvent();
const ABILITY_ROWS = await abilityRows();

/** What holds such parts, in docs. */
export const PAGES = ['configuration.md', 'rules.md', 'destinations/README.md'];

/** Marker → what stands between `<!-- generated: marker -->` and `<!-- end -->`. */
export function generatedParts(): Readonly<Record<string, string>> {
  const { rule, filter, quiet, reminder, retention, test } = OPTION_TEXTS;
  return {
    variables: table(['variable', 'default', 'what it is'], variableRows(ROWS)),
    sections: table(['section', 'default', 'what it says'], linesOf(fileTexts(ROWS))),
    sources: sourceTable(ROWS),
    destinations: destinationTable(ROWS),
    abilities: table(ABILITIES, ABILITY_ROWS),
    people: optionTable(personTexts(ROWS)),
    teams: optionTable(teamTexts(ROWS)),
    rules: optionTable(rule),
    filters: table(['filter', 'default', 'what it asks'], linesOf(filter)),
    quiet: optionTable(quiet),
    reminders: optionTable(reminder),
    retention: optionTable(retention),
    tests: optionTable(test),
    facets: facetTable(),
  };
}

export function schemaFile(): string {
  return jsonFile(jsonSchema(ROWS, EVENTS.catalog));
}

export function httpBodyFile(): string {
  return jsonFile(httpBodySchema());
}

export function openApiFile(): string {
  return jsonFile(openApiDocument(ROUTES));
}

function jsonFile(schema: Json): string {
  return `${printConfig(schema, 'json')}\n`;
}

/** @throws Error when a marker names no part */
export function withGenerated(page: string): string {
  const parts = generatedParts();
  return page.replace(/(<!-- generated: (\w+) -->\n)[^]*?(<!-- end -->)/g, (_, before: string, name: string, after) => {
    const part = parts[name];
    if (part === undefined) throw new Error(`nothing is generated for ${name}`);
    return `${before}\n${part}\n\n${after}`;
  });
}

/** The facets of an activity, as `if:` reads them. */
function facetTable(): string {
  const known = Object.entries<Facet>(FACETS).flatMap(([name, { field }]) =>
    field === null ? [] : [[`\`${name}\``, field]],
  );
  return table(['`activity.`', 'what it is'], known);
}

type Row = readonly string[];

function optionTable(options: Options): string {
  return table(['option', 'default', 'what it is'], linesOf(options));
}

function linesOf(options: Options): readonly Row[] {
  return Object.entries(options).map(([key, { without, text }]) => [`\`${key}\``, without ?? '–', text]);
}

function variableRows({ providers, channels }: Rows): readonly Row[] {
  return [...providers.values(), ...channels.values()].flatMap(({ schema }) => linesOf(schema.variables ?? {}));
}

/** One column says whose option it is: with one provider there is nothing to say. */
function sourceTable(all: Rows): string {
  const isOne = all.providers.size === 1;
  const lines = [...all.providers].flatMap(([name, row]) => {
    const { provider, ...options } = sourceTexts(name, row, all);
    const [, what = ''] = /^.*?: (.*)$/.exec(provider?.text ?? '') ?? [];
    const own = linesOf(options);
    return isOne
      ? [['`provider`', provider?.without ?? '–', `\`${name}\`: ${what}`], ...own]
      : [[`\`${name}\``, '', '', what], ...own.map((row) => ['', ...row])];
  });
  return table([...(isOne ? [] : ['`provider`']), 'option', 'default', 'what it is'], lines);
}

/** The type is a column here, and the last row says the rest of the types that have no options. */
function destinationTable({ channels }: Rows): string {
  const all = Array.from(channels, ([type, kind]) => ({ type, kind, texts: destinationTexts(type, kind) }));
  const rows = all.flatMap(({ type, texts }) =>
    linesOf(texts)
      .slice(1)
      .map((row, index) => [index === 0 ? linkOf(type) : '', ...row]),
  );
  const bare = all
    .filter(({ kind }) => Object.keys(kind.schema.keys).length === 0)
    .map(({ type, kind: { schema } }) => [
      linkOf(type),
      '',
      '',
      schema.text.charAt(0).toUpperCase() + schema.text.slice(1),
    ]);
  return table(['`type`', 'option', 'default', 'what it is'], [...rows, ...bare]);
}

/** From a page of docs. */
function linkOf(type: string): string {
  return `[\`${type}\`](${pageOf(type, '')})`;
}

function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`.replace(/ {2,}/g, ' ');
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
