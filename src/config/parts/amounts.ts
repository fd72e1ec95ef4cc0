// Spans of time and sizes as people write them, in the file as in variables. Problems are predicates: the key stands in front.

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

export type Unit = keyof typeof UNITS;

/** `30d`, `1.5h` → ms. Undefined: it is none, or has none of these units. */
export function spanMs(text: string, units: readonly Unit[]): number | undefined {
  const [, amount, unit] = /^(\d{1,9}(?:\.\d{1,9})?)\s*([a-z])$/.exec(text.trim()) ?? [];
  const known = units.find((each) => each === unit);
  return amount === undefined || known === undefined ? undefined : Math.round(Number(amount) * UNITS[known]);
}

export const TERM_UNITS = ['s', 'm', 'h', 'd', 'w'] as const;

/** How long something is kept, in ms. Null: `forever`. */
export function termOf(text: string): number | null {
  return text.trim() === 'forever' ? null : (spanMs(text, TERM_UNITS) ?? null);
}

/** For editors. */
export const TERM_PATTERN = '^\\s*(?:\\d{1,9}(?:\\.\\d{1,9})?\\s*[smhdw]|forever)\\s*$';

/** A hundred years: longer is forever, and a date beyond what calendars hold. */
const MOST_MS = 36_525 * UNITS.d;

export function termProblem(text: string): string | undefined {
  const given = text.trim();
  if (given === 'forever') return undefined;
  if (/^\d+(?:\.\d+)?$/.test(given)) return 'needs a unit, as in 30d for 30 days; or write forever.';
  if (/^\d+\s*(?:mo|mon|months?|y|yrs?|years?)$/i.test(given))
    return 'knows no months or years: write days, as in 180d, or forever.';
  const ms = spanMs(given, TERM_UNITS);
  if (ms === undefined) return 'must be a time such as 12h, 30d or 26w, or forever.';
  if (ms < UNITS.s) return 'must be 1s or more.';
  return ms > MOST_MS ? 'is longer than a hundred years: write forever.' : undefined;
}

/** The shortest way to write it. */
export function termText(ms: number | null): string {
  if (ms === null) return 'forever';
  const unit = (['d', 'h', 'm'] as const).find((each) => ms % UNITS[each] === 0) ?? 's';
  return `${ms / UNITS[unit]}${unit}`;
}

const SIZES = {
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
  tib: 1024 ** 4,
} as const;

const SIZE = /^(\d{1,9}(?:\.\d{1,9})?)\s*([kmgt]i?b)$/i;

/** Ten times what an empty database takes. */
const LEAST_BYTES = 10 * SIZES.mb;

/** `10GB`, `512 MiB` → bytes. Null: `none`. */
export function sizeOf(text: string): number | null {
  const [, amount, unit = ''] = SIZE.exec(text.trim()) ?? [];
  return amount === undefined ? null : Math.round(Number(amount) * SIZES[unit.toLowerCase() as keyof typeof SIZES]);
}

/** For editors. */
export const SIZE_PATTERN = '^\\s*(?:\\d{1,9}(?:\\.\\d{1,9})?\\s*[kmgtKMGT][iI]?[bB]|none)\\s*$';

export function sizeProblem(text: string): string | undefined {
  const given = text.trim();
  if (given === 'none') return undefined;
  if (!SIZE.test(given)) return 'must be a size such as 500MB, 10GB or 10GiB, or none.';
  return (sizeOf(given) ?? 0) < LEAST_BYTES
    ? 'must be 10MB or more: an empty database takes a part of that.'
    : undefined;
}

/** As a file can have it again. */
export function sizeText(bytes: number | null): string {
  if (bytes === null) return 'none';
  const units = ['TB', 'TiB', 'GB', 'GiB', 'MB', 'MiB', 'kB'] as const;
  const inUnits = units.map((unit) => ({ unit, amount: bytes / SIZES[unit.toLowerCase() as keyof typeof SIZES] }));
  const short = inUnits.find(({ amount }) => amount >= 1 && Number.isInteger(amount * 100));
  return short === undefined ? `${bytes / SIZES.kb}kB` : `${short.amount}${short.unit}`;
}

export function folderProblem(text: string): string | undefined {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(text.trim())
    ? 'must be a folder of this machine, such as ./archive.'
    : undefined;
}
