import { CATALOG } from '../src/catalog.ts';
import { printConfig } from '../src/config/describe/print-config.ts';
import { type Kinds, kindsOf } from '../src/config/kinds.ts';
import type { Options } from '../src/config/parts/editors.ts';
import { jsonSchema } from '../src/config/schema/json-schema.ts';
import { destinationTexts, fileTexts, personTexts, sourceTexts, teamTexts } from '../src/config/schema/kind-texts.ts';
import { OPTION_TEXTS } from '../src/config/schema/option-texts.ts';
import { everyEvent } from '../src/run/every-event.ts';

// What docs/configuration.md and docs/tidings.schema.json say, from the one place where every key is described.

const KINDS = await kindsOf(CATALOG);
const EVENTS = await everyEvent();

/** Marker → what stands between `<!-- generated: marker -->` and `<!-- end -->`. */
export function generatedParts(): Readonly<Record<string, string>> {
  const { rule, filter, quiet, test } = OPTION_TEXTS;
  return {
    variables: table(['variable', 'default', 'what it is'], variableRows(KINDS)),
    sections: table(['section', 'default', 'what it says'], rowsOf(fileTexts(KINDS))),
    sources: sourceTable(KINDS),
    destinations: destinationTable(KINDS),
    people: optionTable(personTexts(KINDS)),
    teams: optionTable(teamTexts(KINDS)),
    rules: optionTable(rule),
    filters: table(['filter', 'default', 'what it asks'], rowsOf(filter)),
    quiet: optionTable(quiet),
    tests: optionTable(test),
  };
}

export function schemaFile(): string {
  return `${printConfig(jsonSchema(KINDS, EVENTS.catalog), 'json')}\n`;
}

/** @throws Error when a marker is not there */
export function withGenerated(page: string): string {
  return Object.entries(generatedParts()).reduce((text, [name, part]) => {
    const place = new RegExp(`(<!-- generated: ${name} -->\n)[^]*?(<!-- end -->)`);
    if (!place.test(text)) throw new Error(`no place for the generated ${name}`);
    return text.replace(place, (_, before: string, after: string) => `${before}\n${part}\n\n${after}`);
  }, page);
}

type Row = readonly string[];

function optionTable(options: Options): string {
  return table(['option', 'default', 'what it is'], rowsOf(options));
}

function rowsOf(options: Options): readonly Row[] {
  return Object.entries(options).map(([key, { without, text }]) => [`\`${key}\``, without ?? '–', text]);
}

function variableRows({ providers, channels }: Kinds): readonly Row[] {
  return [...providers.values(), ...channels.values()].flatMap(({ schema }) => rowsOf(schema.variables ?? {}));
}

/** One column says whose option it is: with one provider there is nothing to say. */
function sourceTable(kinds: Kinds): string {
  const isOne = kinds.providers.size === 1;
  const rows = [...kinds.providers].flatMap(([name, kind]) => {
    const { provider, ...options } = sourceTexts(name, kind, kinds);
    const [, what = ''] = /^.*?: (.*)$/.exec(provider?.text ?? '') ?? [];
    const own = rowsOf(options);
    return isOne
      ? [['`provider`', provider?.without ?? '–', `\`${name}\`: ${what}`], ...own]
      : [[`\`${name}\``, '', '', what], ...own.map((row) => ['', ...row])];
  });
  return table([...(isOne ? [] : ['`provider`']), 'option', 'default', 'what it is'], rows);
}

/** The type is a column here, and the last row says the rest of the types that have no options. */
function destinationTable({ channels }: Kinds): string {
  const all = Array.from(channels, ([type, kind]) => ({ type, kind, texts: destinationTexts(type, kind) }));
  const rows = all.flatMap(({ type, texts }) =>
    rowsOf(texts)
      .slice(1)
      .map((row, index) => [index === 0 ? `\`${type}\`` : '', ...row]),
  );
  const bare = all
    .filter(({ kind }) => Object.keys(kind.schema.keys).length === 0)
    .map(({ type, kind: { schema } }) => [
      `\`${type}\``,
      '',
      '',
      schema.text.charAt(0).toUpperCase() + schema.text.slice(1),
    ]);
  return table(['`type`', 'option', 'default', 'what it is'], [...rows, ...bare]);
}

function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`.replace(/ {2,}/g, ' ');
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
