import * as z from 'zod/mini';
import { EDITORS, type Options } from '../parts/editors.ts';
import { namedAtLeastOne, nonEmpty } from '../parts/values.ts';
import type { Rows } from '../rows/rows.ts';
import { destinationSchema } from './destination-schema.ts';
import { FILTER_KEYS, FILTER_PARTS, repoList } from './filter-schema.ts';
import { peopleSchema, teamSchema } from './people-schema.ts';
import { QUIET_KEYS } from './quiet-schema.ts';
import { REMINDER_KEYS, reminder } from './reminder-schema.ts';
import { EXCEPTION_KEYS, RETENTION_KEYS, retention } from './retention-schema.ts';
import { destinationTexts, fileTexts, personTexts, sourceTexts, teamTexts } from './row-texts.ts';
import { DEFAULT_KEYS, defaults, RULE_KEYS, rule } from './rule-schema.ts';
import { sourceSchema } from './source-schema.ts';
import { TEST_KEYS, test } from './tests-schema.ts';

// The shape of tidings.yaml, put together from one schema a section.

const minItems = { shape: (json: object) => ({ ...json, minItems: 1 }) };

/** tidings.yaml, with the sources and destinations there may be. */
export function fileSchema(rows: Rows) {
  return z
    .strictObject({
      sources: z.optional(namedAtLeastOne(sourceSchema(rows), `the one source \`${rows.byDefault.provider}\``)),
      destinations: z.optional(namedAtLeastOne(destinationSchema(rows), 'the default one')),
      people: z.optional(peopleSchema(rows)),
      teams: z.optional(namedAtLeastOne(teamSchema(rows), 'none')),
      repos: z.optional(namedAtLeastOne(repoList, 'none')),
      defaults: z.optional(defaults),
      rules: z.optional(z.array(rule).check(nonEmpty('the default rules')).register(EDITORS, minItems)),
      reminders: z.optional(namedAtLeastOne(reminder, 'none')),
      retention: z.optional(retention),
      tests: z.optional(z.array(test).check(nonEmpty('none')).register(EDITORS, minItems)),
    })
    .register(EDITORS, { options: fileTexts(rows) });
}

export type FileData = z.infer<ReturnType<typeof fileSchema>>;
export type SourceData = NonNullable<FileData['sources']>[string];
export type RuleData = NonNullable<FileData['rules']>[number];
export type Defaults = NonNullable<FileData['defaults']>;
export type RetentionData = NonNullable<FileData['retention']>;
export type TestData = NonNullable<FileData['tests']>[number];

/** The keys known at a place in the file, for suggestions. `holder` is what stands there. */
export function knownKeys(
  path: readonly (string | number)[],
  holder: Readonly<Record<string, unknown>>,
  rows: Rows,
): readonly string[] {
  const [section] = path;
  switch (section) {
    case undefined:
      return Object.keys(fileTexts(rows));
    case 'sources':
      return Object.keys(textsOf(holder['provider'], rows.byDefault.provider, rows.providers, sourceTexts, rows));
    case 'destinations':
      return Object.keys(textsOf(holder['type'], rows.byDefault.channel, rows.channels, destinationTexts, rows));
    case 'people':
      return Object.keys(personTexts(rows));
    case 'teams':
      return Object.keys(teamTexts(rows));
    case 'reminders':
      return (path[2] !== undefined && FILTER_PARTS.get(String(path[2]))) || REMINDER_KEYS;
    case 'retention':
      return path.length === 1 ? RETENTION_KEYS : EXCEPTION_KEYS;
    case 'tests':
      return TEST_KEYS;
    case 'defaults':
      return path[1] === 'quiet' ? QUIET_KEYS : DEFAULT_KEYS;
    default:
      return ruleKeys(path.slice(2));
  }
}

function textsOf<R>(
  named: unknown,
  byDefault: string,
  section: ReadonlyMap<string, R>,
  texts: (name: string, row: R, rows: Rows) => Options,
  rows: Rows,
): Options {
  const name = typeof named === 'string' && section.has(named) ? named : byDefault;
  const row = section.get(name);
  return row === undefined ? {} : texts(name, row, rows);
}

/** `path` within a rule: `quiet`, or `on`, the event, and what it holds. */
function ruleKeys([key, event, filter]: readonly (string | number)[]): readonly string[] {
  if (key === 'quiet') return QUIET_KEYS;
  if (key !== 'on' || event === undefined) return RULE_KEYS;
  return FILTER_PARTS.get(String(filter)) ?? FILTER_KEYS;
}
