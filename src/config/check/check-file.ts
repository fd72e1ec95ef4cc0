import { DEFAULT_NAMES } from '../destinations-of.ts';
import type { ConfigFile } from '../read/config-file.ts';
import { list, mapping } from '../read/plain-data.ts';
import { FILE_SCHEMA, type FileData } from '../schema/file-schema.ts';
import { checkCauses, crossCheck } from './cross-checks.ts';
import { explainIssue } from './explain-issue.ts';
import type { EventTable } from './known-events.ts';
import type { CheckSample } from './tests.ts';

/** In a file that names none there is one. */
const DEFAULT_SOURCES = ['github'];

export interface Terms {
  /** The name of the one destination there is when the file names none. */
  readonly fallback: string;
  /** It is about to send: what rules name must be there under that name. */
  readonly mustSend: boolean;
  readonly checkSample: CheckSample | undefined;
  readonly catalog: EventTable | undefined;
}

/**
 * What a file says, as far as its shape is right. Both kinds of checks run, whatever the other found. Tests that are wrong
 * and destinations whose variable is not set leave the rest whole.
 */
export async function checkFile(file: ConfigFile, terms: Terms): Promise<FileData> {
  const { fallback, mustSend, checkSample, catalog } = terms;
  checkCauses(file);
  const parsed = FILE_SCHEMA.safeParse(file.data);
  for (const issue of parsed.error?.issues ?? []) explainIssue(issue, file);
  const expected = [...new Set([fallback, ...DEFAULT_NAMES])];
  await crossCheck(file, {
    sources: DEFAULT_SOURCES,
    destinations: mustSend ? [fallback] : expected,
    expected,
    checkSample,
    catalog,
    names: 'known',
  });
  const data = parsed.data ?? FILE_SCHEMA.safeParse(usable(file)).data ?? {};
  return data.destinations ? data : withFallback(data, fallback);
}

/** The data without tests that are wrong; another stands in for a destination that cannot be parsed without its variable. */
function usable(file: ConfigFile): unknown {
  const { destinations, tests, ...data } = mapping(file.data);
  const wrong = new Set(file.findings().flatMap(({ path }) => (path[0] === 'tests' ? [path[1]] : [])));
  const unset = new Set(file.unset.flatMap(({ path }) => (path[0] === 'destinations' ? [path[1]] : [])));
  const named = Object.entries(mapping(destinations)).map(([name, given]) => [
    name,
    unset.has(name) ? { type: 'console' } : given,
  ]);
  const right = wrong.has(undefined) ? [] : list(tests).filter((_, index) => !wrong.has(index));
  return {
    ...data,
    ...(destinations === undefined ? {} : { destinations: Object.fromEntries(named) }),
    ...(right.length === 0 ? {} : { tests: right }),
  };
}

/**
 * In a file without destinations there is one, by whichever name: so that tests written at a desk hold where Slack is
 * connected, and the other way round.
 */
function withFallback(data: FileData, fallback: string): FileData {
  const meant = (name: string) => (DEFAULT_NAMES.some((known) => known === name) ? fallback : name);
  const people = Object.entries(data.people ?? {}).map(([login, person]) => [
    login,
    person.destination === undefined ? person : { ...person, destination: meant(person.destination) },
  ]);
  return {
    ...data,
    ...(data.people ? { people: Object.fromEntries(people) } : {}),
    ...(data.rules ? { rules: data.rules.map((rule) => ({ ...rule, to: rule.to?.map(meant) })) } : {}),
    ...(data.tests ? { tests: data.tests.map((test) => ({ ...test, expect: test.expect.map(meant) })) } : {}),
  };
}
