/** What came to a source and is not stored: refused, by cause, or a greeting (`handshake`) that was answered. */
export interface TurnedAway {
  readonly source: string;
  readonly cause: string;
  /** In the last 24 hours. */
  readonly count: number;
  /** When it last came, ms since 1970. */
  readonly at: number;
  /** What the log said when it last said why. Null: it did not. */
  readonly why: string | null;
}

/** Counts of one source and cause, by hours since 1970. */
interface Entry extends Omit<TurnedAway, 'count'> {
  readonly hours: readonly (readonly [hour: number, count: number])[];
}

/** By source and cause. Both come from the configuration and the code, never from senders: its size is bounded. */
export type Tally = readonly Entry[];

/** The cursor that keeps it. */
export const TALLY = 'turned away';

export const GREETING = 'handshake';

const HOUR_MS = 3_600_000;
const KEPT_HOURS = 24;

/** Of what is stored: what cannot be read counts as nothing. */
export function parseTally(text: string | null): Tally {
  try {
    const entries: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(entries) ? entries.filter(isEntry) : [];
  } catch {
    return [];
  }
}

/** Both together. */
export function merged(one: Tally, other: Tally): Tally {
  const all = Map.groupBy([...one, ...other], ({ source, cause }) => `${source} ${cause}`);
  return [...all.values()].flatMap(([first, second]) =>
    first === undefined || second === undefined ? (first ?? []) : together(first, second),
  );
}

function together(one: Entry, other: Entry): Entry {
  const [older, newer] = one.at <= other.at ? [one, other] : [other, one];
  const hours = new Map(one.hours);
  for (const [hour, count] of other.hours) hours.set(hour, (hours.get(hour) ?? 0) + count);
  return { ...newer, why: newer.why ?? older.why, hours: [...hours] };
}

/** Without what is older than a day. */
export function ofTheDay(tally: Tally, now: number): Tally {
  const oldest = hourOf(now) - KEPT_HOURS;
  return tally
    .map((entry) => ({ ...entry, hours: entry.hours.filter(([hour]) => hour > oldest) }))
    .filter(({ hours }) => hours.length > 0);
}

/** The most frequent first. */
export function turnedAway(tally: Tally, now: number): readonly TurnedAway[] {
  return ofTheDay(tally, now)
    .map(({ hours, ...entry }) => ({ ...entry, count: hours.reduce((sum, [, count]) => sum + count, 0) }))
    .toSorted((a, b) => b.count - a.count);
}

export function hourOf(at: number): number {
  return Math.floor(at / HOUR_MS);
}

function isEntry(value: unknown): value is Entry {
  const { source, cause, at, why, hours } = (value ?? {}) as Partial<Record<keyof Entry, unknown>>;
  const isText = typeof source === 'string' && typeof cause === 'string';
  const isSaid = why === null || typeof why === 'string';
  return isText && isSaid && Number.isSafeInteger(at) && Array.isArray(hours) && hours.every(isCount);
}

function isCount(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every(Number.isSafeInteger);
}
