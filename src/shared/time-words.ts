const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `8 s ago`, `3 min ago`, `2 h ago`, `5 d ago`. */
export function ago(then: number, now: number): string {
  const ms = Math.max(0, now - then);
  if (ms < UNITS.m) return `${Math.floor(ms / UNITS.s)} s ago`;
  if (ms < UNITS.h) return `${Math.floor(ms / UNITS.m)} min ago`;
  if (ms < 2 * UNITS.d) return `${Math.floor(ms / UNITS.h)} h ago`;
  return `${Math.floor(ms / UNITS.d)} d ago`;
}

export function iso(time: number): string {
  return new Date(time).toISOString();
}

export function isoOrNull(time: number | null): string | null {
  return time === null ? null : iso(time);
}

/** `9 ms`, `1.2 s`, `3 min`. */
export function span(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < UNITS.m) return `${(ms / 1_000).toFixed(1)} s`;
  if (ms < UNITS.h) return `${Math.round(ms / UNITS.m)} min`;
  return ms < 3 * UNITS.d ? `${Math.round(ms / UNITS.h)} h` : plural(Math.round(ms / UNITS.d), 'day');
}

/** `40 s`, `12 min`, `2 h 10 min`, `3 days`: whole units, rounded down. */
export function lasting(ms: number): string {
  const minutes = Math.floor(ms / UNITS.m);
  if (minutes === 0) return `${Math.floor(ms / UNITS.s)} s`;
  if (ms < UNITS.h) return `${minutes} min`;
  if (ms >= 2 * UNITS.d) return plural(Math.floor(ms / UNITS.d), 'day');
  const hours = `${Math.floor(ms / UNITS.h)} h`;
  return minutes % 60 === 0 ? hours : `${hours} ${minutes % 60} min`;
}

export function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
