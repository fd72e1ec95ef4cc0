import type { QuietHours } from '../model/rule.ts';

const MINUTE = 60_000;
/** Somebody may be quiet on every day of the week; after this it is told all the same. */
const LONGEST = 8 * 24 * 60 * MINUTE;

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Until when these hours keep still, ms since 1970: the first full minute that is not quiet. Null: `now` is not quiet. */
export type QuietUntil = (now: number) => number | null;

/**
 * Compiled once for each rule. The zone's own clock decides, also on the days when it is put forward or back: instants are
 * asked what time they are there, never the other way round.
 */
export function compileQuiet({ hours, days, zone }: QuietHours): QuietUntil {
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });

  function isQuiet(at: number): boolean {
    const parts = new Map(clock.formatToParts(at).map(({ type, value }) => [type, value]));
    if (days.includes(DAYS.indexOf(parts.get('weekday') ?? ''))) return true;
    const minute = Number(parts.get('hour')) * 60 + Number(parts.get('minute'));
    return hours.some(({ from, to }) => (from <= to ? minute >= from && minute < to : minute >= from || minute < to));
  }

  /** Minute by minute: zones and hours have no seconds. A night takes 1 ms, once. */
  function end(now: number): number {
    let at = Math.floor(now / MINUTE) * MINUTE;
    const latest = at + LONGEST;
    while (at < latest && isQuiet(at)) at += MINUTE;
    return at;
  }

  // All that is held in one night is held until the same minute: it is worked out once.
  let last = { from: 0, until: 0 };
  return (now) => {
    if (now >= last.from && now < last.until) return last.until;
    if (!isQuiet(now)) return null;
    last = { from: now, until: end(now) };
    return last.until;
  };
}
