/** A day: whoever asks for more has made a mistake, and the lane should ask again. */
const LONGEST_MS = 24 * 60 * 60 * 1000;

/**
 * `Retry-After` in ms from `now` (ms since 1970): seconds or an HTTP date (RFC 9110 §10.2.3), at most a day. Undefined
 * when absent or unreadable: then the backoff decides.
 */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? '';
  const ms = /^\d+(\.\d+)?$/.test(text) ? Math.ceil(Number(text) * 1000) : Date.parse(text) - now;
  return Number.isNaN(ms) ? undefined : Math.min(LONGEST_MS, Math.max(0, ms));
}
