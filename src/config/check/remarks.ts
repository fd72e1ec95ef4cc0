import type { core } from 'zod/mini';
import type { Catalog } from '../../model/plugin/catalog.ts';
import type { ConfigFile, Remark } from '../read/config-file.ts';
import { mapping } from '../read/plain-data.ts';
import { remarksOnRetention } from '../retention/remarks-on-retention.ts';
import type { Rows } from '../rows/rows.ts';
import { remarksOnConditions, remarksOnTemplates } from './conditions.ts';
import { remarksOnEvents } from './events.ts';
import { explained } from './explain-issue.ts';
import { remarksOnFilters } from './filters.ts';
import { eventsFor, type KnownEvents } from './known-events.ts';
import { remarksOnLists } from './lists.ts';
import { remarksOnNames } from './names.ts';
import { remarksOnAudiences, remarksOnCalled, remarksOnMentions } from './people/mentions.ts';
import { remarksOnLookUps, remarksOnPeople } from './people/people.ts';
import {
  isPerson,
  remarksOnNobodyTold,
  remarksOnPeopleTold,
  remarksOnReminded,
  remarksOnWaitingForPeople,
} from './people/people-told.ts';
import { remarksOnRows, remarksOnSecrets } from './rows.ts';
import { takenApart } from './taken-apart.ts';
import { remarksOnAskedSources, remarksOnNamedSources, remarksOnRepos, remarksOnTargets } from './targets.ts';
import { type CheckSample, remarksOnTest } from './tests.ts';
import { remarksOnKeysInVain, remarksOnShowing } from './told.ts';
import { remarksOnWaits } from './waits.ts';
import type { Named, WrittenFile, WrittenRule } from './written.ts';

interface Given {
  readonly rows: Rows;
  /** What sources may be called when the file names none. */
  readonly sources: readonly string[];
  /** What destinations may be called when the file names none. */
  readonly destinations: readonly string[];
  /** Those, as they are set. Default: nobody knows. */
  readonly made?: readonly Named[];
  /** The same in tests. */
  readonly expected: readonly string[];
  readonly checkSample?: CheckSample | undefined;
  readonly catalog: Catalog;
  /** `any`: sources and destinations are made in code, and may send and be what nobody lists. */
  readonly names: 'known' | 'any';
}

/**
 * All there is to say of a file that this version knows: first the causes of other faults, then its shape by zod's `issues`,
 * then what one value says about another. The last is judged on the data as written, so that it is found in the same run as
 * whatever is wrong with the shape.
 */
export async function remarksOn(
  file: ConfigFile,
  issues: readonly core.$ZodIssue[],
  given: Given,
): Promise<readonly Remark[]> {
  const written = takenApart(file);
  return [
    ...remarksOnLists(mapping(mapping(file.data)['repos']), ['repos'], file.variableAt),
    ...[written.defaults, ...written.rules, ...written.reminders].flatMap((rule) =>
      remarksOnLists(rule.given, rule.place, file.variableAt),
    ),
    ...remarksOnRetention(file, namesOf(written.sources, given.sources)),
    ...issues.flatMap((issue) => explained(issue, file, given.rows)),
    ...eachOnce(await crossChecks(written, given)),
  ];
}

/** What is wrong with a default is wrong in every rule that has it. */
function eachOnce(remarks: readonly Remark[]): readonly Remark[] {
  return [...new Map(remarks.map((remark) => [JSON.stringify(remark), remark])).values()];
}

async function crossChecks(written: WrittenFile, given: Given): Promise<readonly Remark[]> {
  const { catalog, rows, checkSample } = given;
  const isAny = given.names === 'any';
  const sources = namesOf(written.sources, given.sources);
  const destinations = namesOf(written.destinations, given.destinations);
  const expected = namesOf(written.destinations, given.expected);
  const shown = written.destinations.length > 0 ? written : { ...written, destinations: given.made ?? [] };
  const heard = await Promise.all(written.rules.map((rule) => eventsFor(rule, written.sources, catalog)));

  const onNames = (rule: WrittenRule) => [
    ...remarksOnMentions(rule, written),
    ...remarksOnTargets(
      rule.to.filter((each) => !isPerson(each)),
      destinations,
      written,
      rows,
    ),
    ...remarksOnPeopleTold(rule, written, rows),
    ...remarksOnAskedSources(rule.sources, sources),
    ...remarksOnRepos(rule.repos, written),
  ];
  const onRule = (rule: WrittenRule, events: KnownEvents | null) => [
    ...(events === null || isAny ? [] : remarksOnEvents(rule.on, events)),
    ...remarksOnFilters(rule.on, events?.catalog ?? {}),
    ...remarksOnAudiences(rule, written, destinations, rows),
    ...remarksOnNobodyTold(rule, written, destinations, rows),
    ...remarksOnShowing(rule, shown, destinations, rows),
    ...remarksOnWaits(rule, written, destinations, rows),
    ...remarksOnWaitingForPeople(rule),
    ...onNames(rule),
  ];
  return [
    ...remarksOnNames(written),
    ...remarksOnSecrets(written.sources),
    ...(isAny ? [] : [...(await remarksOnRows(written, rows)), ...remarksOnNamedSources(written, sources, rows)]),
    ...remarksOnPeople(written, destinations),
    ...(isAny ? [] : remarksOnLookUps(shown, rows)),
    ...remarksOnKeysInVain(written, rows),
    ...onNames(written.defaults),
    ...written.rules.flatMap((rule, index) => onRule(rule, heard[index] ?? null)),
    ...written.reminders.flatMap((reminder) => [
      ...remarksOnAudiences(reminder, written, destinations, rows),
      ...remarksOnReminded(reminder),
      ...remarksOnNobodyTold(reminder, written, destinations, rows),
      ...remarksOnShowing(reminder, shown, destinations, rows),
      ...onNames(reminder),
    ]),
    ...(await remarksOnConditions(written.rules)),
    ...(await remarksOnTemplates(written)),
    ...written.tests.flatMap((test) => [
      ...remarksOnTest(test, checkSample),
      ...remarksOnTargets(test.expect, expected, written, rows),
      ...remarksOnCalled(test.called, written),
    ]),
  ];
}

function namesOf(written: readonly Named[], byDefault: readonly string[]): readonly string[] {
  return written.length > 0 ? written.map(({ name }) => name) : byDefault;
}
