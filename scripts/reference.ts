import { printConfig } from '../src/config/describe/print-config.ts';
import { jsonSchema } from '../src/config/schema/json-schema.ts';
import { OPTION_TEXTS, type Option } from '../src/config/schema/option-texts.ts';
import { EVENTS } from '../src/sources/github/events.ts';

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
  };
}

export function schemaFile(): string {
  return `${printConfig(jsonSchema(EVENTS), 'json')}\n`;
}

/** @throws Error when a marker is not there */
export function withGenerated(page: string): string {
  return Object.entries(generatedParts()).reduce((text, [name, part]) => {
    const place = new RegExp(`(<!-- generated: ${name} -->\n)[^]*?(<!-- end -->)`);
    if (!place.test(text)) throw new Error(`no place for the generated ${name}`);
    return text.replace(place, (_, before: string, after: string) => `${before}\n${part}\n\n${after}`);
  }, page);
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
