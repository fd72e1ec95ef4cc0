import type { Destination } from '../model/destination.ts';
import type { Catalog } from '../model/plugin/catalog.ts';
import type { Reminder } from '../model/reminder.ts';
import type { Retention } from '../model/retention.ts';
import type { Directory, Rule } from '../model/rule.ts';
import { type Classic, defaultRules } from '../route/default-rules.ts';
import { remarksOn } from './check/remarks.ts';
import { ConfigError } from './config-error.ts';
import { directoryOf } from './directory-of.ts';
import type { Path } from './place/yaml-map.ts';
import type { ConfigFile, Finding } from './read/config-file.ts';
import { remindersOf } from './reminders/reminders-of.ts';
import { retentionOf } from './retention/retention-of.ts';
import { rowsOf } from './rows/rows.ts';
import { rulesOf } from './rule-of.ts';
import { fileSchema } from './schema/file-schema.ts';

export interface OptionsInCode {
  /** Whose ids people and teams have. */
  readonly catalog: Catalog;
  /** As in tidings.yaml. Undefined: the default rules. */
  readonly rules: unknown;
  /** As in tidings.yaml. Undefined: nobody, none. */
  readonly people: unknown;
  readonly teams: unknown;
  /** As in tidings.yaml. Undefined: the default terms. */
  readonly retention: unknown;
  /** As in tidings.yaml. Undefined: none. */
  readonly reminders: unknown;
  readonly sources: readonly { readonly name: string; readonly provider: string }[];
  /** With the type of each. */
  readonly destinations: readonly Pick<Destination, 'name' | 'type' | 'isDirect'>[];
}

export interface ParsedOptions {
  readonly rules: readonly Rule[];
  readonly directory: Directory;
  readonly retention: Retention;
  readonly reminders: readonly Reminder[];
}

/**
 * What a program gives in code, by the schema and the checks of tidings.yaml, except that events may have any name. A relative
 * `archive_to` starts at the working directory.
 * @throws ConfigError with everything that is wrong, each with its place: `rules[0].to`
 */
export async function parseOptions({
  catalog,
  sources,
  destinations: told,
  ...given
}: OptionsInCode): Promise<ParsedOptions> {
  const rows = await rowsOf(catalog);
  const destinations = told.map(({ name }) => name);
  const file = inMemory({
    sources: Object.fromEntries(sources.map(({ name, provider }) => [name, { provider }])),
    destinations: Object.fromEntries(told.map(({ name, isDirect = false }) => [name, { isDirect }])),
    ...given,
  });
  for (const [section, names] of Object.entries({ sources: sources.map(({ name }) => name), destinations })) {
    if (names.length === 0) file.report({ place: [section], message: `${section} is empty: name at least one.` });
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined)
      file.report({ place: [section], message: `two are named "${twice}": give each its own name.` });
  }
  const parsed = fileSchema(rows).safeParse(given);
  const terms = { catalog, rows, sources: [], destinations, expected: destinations, names: 'any' } as const;
  for (const remark of await remarksOn(file, parsed.error?.issues ?? [], terms)) file.report(remark);
  const { retention } = retentionOf({ data: parsed.data ?? {}, file, variables: NO_VARIABLES, cwd: '.' });
  const problems = file.findings().map(({ problem }) => problem);
  if (problems.length > 0) throw new ConfigError(problems);
  const everywhere = told.filter(({ isDirect }) => isDirect !== true).map(({ name }) => name);
  return {
    rules: parsed.data?.rules
      ? await rulesOf(parsed.data.rules, everywhere)
      : defaultRules(everywhere, await classicsOf(sources, catalog)),
    directory: directoryOf(parsed.data ?? {}, told),
    retention,
    reminders: remindersOf(parsed.data?.reminders, destinations, parsed.data ?? {}),
  };
}

/** A program reads its own environment. */
const NO_VARIABLES = { text: () => null, tell: () => {} };

/** A source of a program's own has none. */
async function classicsOf(sources: OptionsInCode['sources'], { providers }: Catalog): Promise<readonly Classic[]> {
  return Promise.all(
    sources.map(async ({ name, provider }) => ({
      source: name,
      classics: (await providers[provider]?.())?.provider.classics,
    })),
  );
}

/** What the checks need of a file, for data that never was in one. */
function inMemory(data: unknown): ConfigFile {
  const noted: Finding[] = [];
  const causes = new Set<string>();
  return {
    path: '',
    data,
    variables: [],
    unset: [],
    variableAt: () => undefined,
    hiddenAt: () => null,
    // In code, an event may have any name: there is nothing to note.
    report({ place, message, kind }) {
      const where = placeOf(place);
      if (kind === 'note' || causes.has(where)) return;
      if (kind === 'cause') causes.add(where);
      noted.push({ path: place, problem: { where, message, excerpt: null }, isUnset: false });
    },
    findings: () => noted,
    notes: () => [],
  };
}

/** `rules[0].on.issues` */
function placeOf(path: Path): string {
  return path.reduce<string>((place, part) => {
    if (typeof part === 'number') return `${place}[${part}]`;
    return place === '' ? part : `${place}.${part}`;
  }, '');
}
