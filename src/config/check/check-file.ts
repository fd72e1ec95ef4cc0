import type { Catalog } from '../../model/plugin/catalog.ts';
import type { ConfigFile } from '../read/config-file.ts';
import { list, mapping } from '../read/plain-data.ts';
import type { Rows } from '../rows/rows.ts';
import { type FileData, fileSchema } from '../schema/file-schema.ts';
import { remarksOn } from './remarks.ts';
import type { CheckSample } from './tests.ts';
import type { Named } from './written.ts';

export interface Terms {
  readonly rows: Rows;
  /** The names of the sources there are when the file names none. */
  readonly sources: readonly string[];
  /** The names of the destinations there are when the file names none. */
  readonly fallback: readonly string[];
  /** The same, as variables make them. */
  readonly made: readonly Named[];
  /** It is about to send: what rules name must be there under that name. */
  readonly mustSend: boolean;
  readonly checkSample: CheckSample | undefined;
  readonly catalog: Catalog;
}

/**
 * What a file says, as far as its shape is right. Both kinds of checks run, whatever the other found. Tests that are wrong
 * and destinations whose variable is not set leave the rest whole.
 */
export async function checkFile(
  file: ConfigFile,
  { catalog, rows, sources, fallback, made, mustSend, checkSample }: Terms,
): Promise<FileData> {
  const schema = fileSchema(rows);
  const parsed = schema.safeParse(file.data);
  const defaults = defaultNames(rows);
  const expected = [...new Set([...fallback, ...defaults])];
  const destinations = mustSend ? fallback : expected;
  const terms = { catalog, rows, sources, destinations, made, expected, checkSample, names: 'known' } as const;
  for (const remark of await remarksOn(file, parsed.error?.issues ?? [], terms)) file.report(remark);
  const data = parsed.data ?? schema.safeParse(usable(file, rows)).data ?? {};
  return data.destinations ? data : withFallback(data, fallback, defaults);
}

/** What a destination may be called in a file that names none: after its type. */
function defaultNames({ channels, byDefault }: Rows): readonly string[] {
  return [...channels].flatMap(([type, { variable }]) =>
    variable === null && type !== byDefault.channel ? [] : [type],
  );
}

/** The data without tests that are wrong; another stands in for a destination that cannot be parsed without its variable. */
function usable(file: ConfigFile, { byDefault }: Rows): unknown {
  const { destinations, tests, ...data } = mapping(file.data);
  const wrong = new Set(file.findings().flatMap(({ path }) => (path[0] === 'tests' ? [path[1]] : [])));
  const unset = new Set(file.unset.flatMap(({ path }) => (path[0] === 'destinations' ? [path[1]] : [])));
  const named = Object.entries(mapping(destinations)).map(([name, given]) => [
    name,
    unset.has(name) ? { type: byDefault.channel } : given,
  ]);
  const right = wrong.has(undefined) ? [] : list(tests).filter((_, index) => !wrong.has(index));
  return {
    ...data,
    ...(destinations === undefined ? {} : { destinations: Object.fromEntries(named) }),
    ...(right.length === 0 ? {} : { tests: right }),
  };
}

/**
 * In a file without destinations there is the default one, by whichever name: so that tests written where nothing is
 * connected hold where something is, and the other way round.
 */
function withFallback(data: FileData, fallback: readonly string[], defaults: readonly string[]): FileData {
  const [first = ''] = fallback;
  const meant = (name: string) => (defaults.includes(name) && !fallback.includes(name) ? first : name);
  const people = Object.entries(data.people?.persons ?? {}).map(([login, person]) => [
    login,
    person.destination === undefined ? person : { ...person, destination: meant(person.destination) },
  ]);
  return {
    ...data,
    ...(data.people ? { people: { ...data.people, persons: Object.fromEntries(people) } } : {}),
    ...(data.defaults ? { defaults: { ...data.defaults, to: data.defaults.to?.map(meant) } } : {}),
    ...(data.rules ? { rules: data.rules.map((rule) => ({ ...rule, to: rule.to?.map(meant) })) } : {}),
    ...(data.reminders ? { reminders: remindersTo(data.reminders, meant) } : {}),
    ...(data.tests ? { tests: data.tests.map((test) => ({ ...test, expect: renamed(test.expect, meant) })) } : {}),
  };
}

function remindersTo(reminders: NonNullable<FileData['reminders']>, meant: (name: string) => string) {
  return Object.fromEntries(
    Object.entries(reminders).map(([name, reminder]) => [name, { ...reminder, to: reminder.to?.map(meant) }]),
  );
}

function renamed<T>(named: Readonly<Record<string, T>>, meant: (name: string) => string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(named).map(([name, value]) => [meant(name), value]));
}
