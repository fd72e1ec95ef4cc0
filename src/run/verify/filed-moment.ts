/** Of seconds it is the year 5138, of milliseconds 1973: no number of one is mistaken for the other. */
const LEAST_MS = 1e11;
/** What a Date holds. */
const MOST_MS = 8.64e15;
const ISO = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/i;

/** Seconds since 1970, with fractions; or milliseconds; either as text; or a date and time with its zone → ms. Null: none of these. */
export function momentOf(value: unknown): number | null {
  if (typeof value === 'string' && ISO.test(value.trim()))
    return withinDate(Date.parse(value.trim().replace(' ', 'T')));
  const number = typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value.trim()) ? Number(value) : value;
  if (typeof number !== 'number') return null;
  return withinDate(Math.abs(number) < LEAST_MS ? Math.round(number * 1000) : Math.round(number));
}

function withinDate(ms: number): number | null {
  return Math.abs(ms) <= MOST_MS ? ms : null;
}
