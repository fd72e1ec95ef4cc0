import { dirname, resolve } from 'node:path';
import type { Variables } from '../../model/plugin/variables.ts';
import { DAY_MS } from '../../model/pruning/mark.ts';
import type { Retention, RetentionException } from '../../model/retention.ts';
import { folderProblem, sizeOf, sizeProblem, termOf, termProblem, termText } from '../parts/amounts.ts';
import { eventsProblem } from '../parts/events-problem.ts';
import type { ConfigFile } from '../read/config-file.ts';
import type { FileData, RetentionData } from '../schema/file-schema.ts';

/** What nobody says. */
export const DEFAULT_RETENTION: Retention = {
  bodies: 30 * DAY_MS,
  exceptions: [],
  events: 180 * DAY_MS,
  attempts: 30 * DAY_MS,
  maxBytes: null,
  archiveTo: null,
};

/** What a person can set, as the file calls it. */
type Key = 'bodies' | 'events' | 'attempts' | 'max_size' | 'archive_to';

/** Key → the variable it came out of, or `default`. Not there: it stands in the file. */
export type RetentionOrigin = Readonly<Partial<Record<Key, string>>>;

const VARIABLES: Readonly<Record<Key, { readonly name: string; readonly problemOf: typeof termProblem }>> = {
  bodies: { name: 'RETENTION_BODIES', problemOf: termProblem },
  events: { name: 'RETENTION_EVENTS', problemOf: eventsProblem },
  attempts: { name: 'RETENTION_ATTEMPTS', problemOf: termProblem },
  max_size: { name: 'RETENTION_MAX_SIZE', problemOf: sizeProblem },
  archive_to: { name: 'ARCHIVE_TO', problemOf: folderProblem },
};

export const RETENTION_VARIABLES: readonly string[] = Object.values(VARIABLES).map(({ name }) => name);

interface Given {
  readonly data: FileData;
  readonly file: ConfigFile | null;
  readonly variables: Pick<Variables, 'text' | 'tell'>;
  readonly cwd: string;
}

/** What the file says, else the variable, else the default. What is wrong is told where it stands. */
export function retentionOf(given: Given): { readonly retention: Retention; readonly retentionFrom: RetentionOrigin } {
  const { data, file, cwd } = given;
  const written = data.retention ?? {};
  const set = new Map(
    (Object.keys(VARIABLES) as Key[]).flatMap((key) => {
      const text = written[key] === undefined ? textOf(key, given) : null;
      return text === null ? [] : [[key, text] as const];
    }),
  );
  const term = (key: 'bodies' | 'events' | 'attempts') => {
    const text = set.get(key);
    const fallback = text === undefined ? DEFAULT_RETENTION[key] : termOf(text);
    return written[key] === undefined ? fallback : written[key];
  };
  const folder = written.archive_to ?? set.get('archive_to') ?? null;
  const retention: Retention = {
    bodies: term('bodies'),
    exceptions: exceptionsOf(written, data),
    events: term('events'),
    attempts: term('attempts'),
    maxBytes: written.max_size === undefined ? sizeOf(set.get('max_size') ?? '') : written.max_size,
    archiveTo: folder && resolve(written.archive_to === undefined || file === null ? cwd : dirname(file.path), folder),
  };
  refuseLonger(retention, given, set);
  return { retention, retentionFrom: originsOf(written, set) };
}

function textOf(key: Key, { variables: { text, tell } }: Given): string | null {
  const { name, problemOf } = VARIABLES[key];
  const given = text(name);
  const problem = given === null ? undefined : problemOf(given);
  if (problem !== undefined) tell(name, problem);
  return problem === undefined ? given : null;
}

function originsOf(written: Partial<RetentionData>, set: ReadonlyMap<Key, string>): RetentionOrigin {
  const keys = (Object.keys(VARIABLES) as Key[]).filter((key) => written[key] === undefined);
  return Object.fromEntries(keys.map((key) => [key, set.has(key) ? VARIABLES[key].name : 'default']));
}

/** In the order written: the first that fits counts. */
function exceptionsOf(written: Partial<RetentionData>, { repos: lists = {} }: FileData): readonly RetentionException[] {
  return Object.entries(written).flatMap(([key, value]): readonly RetentionException[] => {
    if (Object.hasOwn(VARIABLES, key) || typeof value !== 'object' || value === null) return [];
    const { bodies } = value;
    if (bodies === undefined) return [];
    if (Object.hasOwn(lists, key)) return (lists[key] ?? []).map((repo) => ({ source: null, repo, bodies }));
    return [/[/]|\*\*/.test(key) ? { source: null, repo: key, bodies } : { source: key, repo: null, bodies }];
  });
}

/** Bodies and attempts go with their event at the latest. */
function refuseLonger(retention: Retention, { data, file, variables }: Given, set: ReadonlyMap<Key, string>): void {
  const { events } = retention;
  if (events === null) return;
  const isLonger = (ms: number | null) => ms === null || ms > events;
  const isSaid = data.retention?.events !== undefined || set.has('events');
  const kept = `events, ${termText(events)}${isSaid ? '' : ' unless you say otherwise'}`;
  const message = (ms: number | null) =>
    `is longer than ${kept}, and goes with them: keep events ${ms === null ? 'forever' : `for ${termText(ms)}`} too, or this shorter.`;

  for (const key of ['bodies', 'attempts'] as const) {
    if (!isLonger(retention[key])) continue;
    const variable = set.has(key) ? VARIABLES[key].name : set.has('events') ? VARIABLES.events.name : null;
    if (data.retention?.[key] !== undefined)
      file?.report({ place: ['retention', key], message: `${key} ${message(retention[key])}` });
    else if (variable !== null) variables.tell(variable, message(retention[key]));
  }
  for (const [key, value] of Object.entries(data.retention ?? {})) {
    if (typeof value !== 'object' || value?.bodies === undefined || !isLonger(value.bodies)) continue;
    file?.report({ place: ['retention', key, 'bodies'], message: `bodies ${message(value.bodies)}` });
  }
}
