import * as z from 'zod/mini';
import { DESTINATION_KEYS, DESTINATION_TYPES, destination } from './destination-schema.ts';
import { EDITORS } from './editors.ts';
import { FILTER_KEYS, FILTER_PARTS } from './filter-schema.ts';
import { namedAtLeastOne, nonEmpty } from './parts.ts';
import { PERSON_KEYS, personOrId, TEAM_KEYS, teamOrShort } from './people-schema.ts';
import { QUIET_KEYS } from './quiet-schema.ts';
import { RULE_KEYS, rule } from './rule-schema.ts';
import { SOURCE_KEYS, sourceOrEmpty } from './source-schema.ts';
import { TEST_KEYS, test } from './tests-schema.ts';

// The shape of tidings.yaml, put together from one schema a section.

export const DEFAULTS_FOR = {
  sources: 'the one source `github`',
  destinations: 'the default one',
  rules: 'the default rules',
} as const;

const minItems = { shape: (json: object) => ({ ...json, minItems: 1 }) };

export const FILE_SCHEMA = z
  .strictObject({
    sources: z.optional(namedAtLeastOne(sourceOrEmpty, DEFAULTS_FOR.sources)),
    destinations: z.optional(namedAtLeastOne(destination, DEFAULTS_FOR.destinations)),
    people: z.optional(namedAtLeastOne(personOrId, 'nobody')),
    teams: z.optional(namedAtLeastOne(teamOrShort, 'none')),
    rules: z.optional(z.array(rule).check(nonEmpty(DEFAULTS_FOR.rules)).register(EDITORS, minItems)),
    tests: z.optional(z.array(test).check(nonEmpty('none')).register(EDITORS, minItems)),
  })
  .register(EDITORS, { section: 'file' });

export type FileData = z.infer<typeof FILE_SCHEMA>;
export type SourceData = NonNullable<FileData['sources']>[string];
export type RuleData = NonNullable<FileData['rules']>[number];
export type DestinationData = NonNullable<FileData['destinations']>[string];
export type TestData = NonNullable<FileData['tests']>[number];

/** The keys known at a place in the file, for suggestions. `type` is the destination's. */
export function knownKeys(path: readonly (string | number)[], type: unknown): readonly string[] {
  const [section] = path;
  switch (section) {
    case undefined:
      return Object.keys(FILE_SCHEMA.shape);
    case 'sources':
      return SOURCE_KEYS;
    case 'destinations':
      return DESTINATION_KEYS[DESTINATION_TYPES.find((known) => known === type) ?? 'console'];
    case 'people':
      return PERSON_KEYS;
    case 'teams':
      return TEAM_KEYS;
    case 'tests':
      return TEST_KEYS;
    default:
      return ruleKeys(path.slice(2));
  }
}

/** `path` within a rule: `quiet`, or `on`, the event, and what it holds. */
function ruleKeys([key, event, filter]: readonly (string | number)[]): readonly string[] {
  if (key === 'quiet') return QUIET_KEYS;
  if (key !== 'on' || event === undefined) return RULE_KEYS;
  return FILTER_PARTS.get(String(filter)) ?? FILTER_KEYS;
}
