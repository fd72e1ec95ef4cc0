import { EventSummary, Told } from '../../../http/api/answers/events.ts';

/** What the one line above the list asks /api/v1/events for. Times are ISO 8601. */
export interface InboxFilter {
  readonly source?: string;
  readonly type?: string;
  readonly repo?: string;
  readonly actor?: string;
  readonly state?: string;
  readonly to?: string;
  readonly since?: string;
  readonly until?: string;
  readonly text?: string;
}

export interface ReadFilter {
  readonly filter: InboxFilter;
  /** What cannot be asked so, in words: nothing is shown then. */
  readonly problems: readonly string[];
  /** What was understood otherwise than it may have been meant. */
  readonly notes: readonly string[];
}

export const FILTER_KEYS = ['source', 'type', 'repo', 'actor', 'state', 'to', 'since', 'until'] as const;
type Key = (typeof FILTER_KEYS)[number];

export const STATES: readonly string[] = [...Told.shape.fate.options, ...EventSummary.shape.state.options];

const UNITS: Readonly<Record<string, number>> = { s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5 };
/** The longest line that is read. */
const MOST = 500;

/** `source:shop state:dead repo:"acme/api" since:2h refund`: what stands behind no key is sought as words. */
export function readFilter(q: string, now: number): ReadFilter {
  const filter: Partial<Record<Key | 'text', string>> = {};
  const words: string[] = [];
  const problems: string[] = [];
  const notes: string[] = [];
  for (const [token = '', name = '', ...values] of q.slice(0, MOST).matchAll(TOKEN)) {
    const value = (values.find((each) => each !== undefined) ?? '').trim();
    const key = FILTER_KEYS.find((each) => each === name.toLowerCase());
    if (key === undefined) {
      words.push(name === '' ? value : token.replaceAll('"', ''));
      if (value !== '' && /^[a-z]+$/.test(name))
        notes.push(`${name}: is not a filter, so it is searched for as a word.`);
    } else if (value === '') {
      notes.push(`${key}: has no value, so it is ignored.`);
    } else {
      if (filter[key] !== undefined) notes.push(`${key}: is there twice; the last one counts.`);
      const read = READERS[key]?.(value, now) ?? value;
      if (typeof read === 'string') filter[key] = read;
      else problems.push(`${key}:${value} ${read.problem}`);
    }
  }
  const text = words.filter((each) => each !== '').join(' ');
  return { filter: text === '' ? filter : { ...filter, text: text.slice(0, 300) }, problems, notes };
}

/** A key in front of it or not, in quotes or not. A quote that is never closed goes on to the end. */
const TOKEN = /([a-zA-Z]+):(?:"([^"]*)"?|([^\s"]+))?|"([^"]*)"?|([^\s"]+)/g;

type Reader = (value: string, now: number) => string | { readonly problem: string };

const READERS: Partial<Readonly<Record<Key, Reader>>> = {
  state: (value) => (STATES.includes(value) ? value : { problem: `is none of ${STATES.join(', ')}.` }),
  since: readTime,
  until: readTime,
};

function readTime(value: string, now: number): ReturnType<Reader> {
  const [, count, unit = ''] = /^(\d{1,6})([smhdw])$/.exec(value) ?? [];
  if (count !== undefined) return new Date(now - Number(count) * (UNITS[unit] ?? 0)).toISOString();
  // A day, or a time without a zone, is one in UTC.
  const [, day, time] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?))?Z?$/.exec(value) ?? [];
  const ms = day === undefined ? Date.parse(isZoned(value) ? value : '') : Date.parse(`${day}T${time ?? '00:00'}Z`);
  if (Number.isFinite(ms)) return new Date(ms).toISOString();
  return { problem: 'is not a time: try 30m, 2h, 7d, 2030-01-31 or 2030-01-31T12:00.' };
}

function isZoned(value: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?[+-]\d\d:\d\d$/.test(value);
}

/** The line with `key` asking for `value`, whatever it asked before. Null: for nothing. */
export function withKey(q: string, key: Key, value: string | null): string {
  const rest = [...q.slice(0, MOST).matchAll(TOKEN)]
    .map(([token]) => token)
    .filter((token) => !token.toLowerCase().startsWith(`${key}:`));
  if (value !== null) rest.unshift(`${key}:${/[\s"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value}`);
  return rest.join(' ');
}

/** The same for `npx tidings events`. */
export function commandOf(filter: InboxFilter): string {
  const flags = (['source', 'type', 'repo', 'actor', 'state', 'since', 'text'] as const).flatMap((key) => {
    const value = filter[key];
    return value === undefined ? [] : [`--${key} ${/^[\w./:@-]+$/.test(value) ? value : quoted(value)}`];
  });
  return ['events', ...flags].join(' ');
}

/** One word of a shell, whatever it holds. */
export function quoted(value: string): string {
  return `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
