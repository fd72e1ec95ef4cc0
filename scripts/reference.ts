import { printConfig } from '../src/config/describe/print-config.ts';
import type { Json } from '../src/config/schema/editors.ts';
import { jsonSchema } from '../src/config/schema/json-schema.ts';
import { OPTION_TEXTS, type Option } from '../src/config/schema/option-texts.ts';
import { FACETS, type Facet } from '../src/model/facets.ts';
import { EVENTS } from '../src/sources/github/events.ts';
import { httpBodySchema } from './http-body-schema.ts';

// What docs/configuration.md and docs/tidings.schema.json say, from the one place where every key is described.

/** Marker → what stands between `<!-- generated: marker -->` and `<!-- end -->`. */
export function generatedParts(): Readonly<Record<string, string>> {
  const { source, person, team, rule, filter, quiet, test } = OPTION_TEXTS;
  return {
    sections: table(['section', 'default', 'what it says'], rowsOf(OPTION_TEXTS.file)),
    sources: optionTable(source),
    destinations: destinationTable(),
    people: optionTable(person),
    teams: optionTable(team),
    rules: optionTable(rule),
    filters: table(['filter', 'default', 'what it asks'], rowsOf(filter)),
    quiet: optionTable(quiet),
    tests: optionTable(test),
    facets: facetTable(),
  };
}

export function schemaFile(): string {
  return jsonFile(jsonSchema(EVENTS));
}

export function httpBodyFile(): string {
  return jsonFile(httpBodySchema());
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

type Options = Readonly<Record<string, Option>>;
type Row = readonly string[];

function optionTable(options: Options): string {
  return table(['option', 'default', 'what it is'], rowsOf(options));
}

function rowsOf(options: Options): readonly Row[] {
  return Object.entries(options).map(([key, { without, text }]) => [`\`${key}\``, without ?? '–', text]);
}

/** The first option is `type`: it is a column here, and says the rest of a type that has no options. */
function destinationTable(): string {
  const { slack, http, console: terminal } = OPTION_TEXTS;
  const rows = Object.entries({ slack, http }).flatMap(([type, options]) =>
    rowsOf(options)
      .slice(1)
      .map((row, index) => [index === 0 ? `\`${type}\`` : '', ...row]),
  );
  const last = ['`console`', '', '', terminal.type.text.replace(/^.*?: p/, 'P')];
  return table(['`type`', 'option', 'default', 'what it is'], [...rows, last]);
}

function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`.replace(/ {2,}/g, ' ');
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
