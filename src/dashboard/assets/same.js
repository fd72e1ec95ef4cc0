// What the server does too, in TypeScript (parts/html.ts, parts/standing.ts, pages/inbox/rows.ts, shared/time-words.ts); assets.test.ts holds both to one another.

const MINUTE = 60_000;
const HOUR = 3_600_000;

/** @param {number} then @param {number} now */
export function ago(then, now) {
  const ms = Math.max(0, now - then);
  if (ms < MINUTE) return `${Math.floor(ms / 1000)} s ago`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ago`;
  if (ms < 48 * HOUR) return `${Math.floor(ms / HOUR)} h ago`;
  return `${Math.floor(ms / (24 * HOUR))} d ago`;
}

/** The worst that became of it. @param {{ state: string, fates: Record<string, number> }} event */
export function standingOf({ state, fates }) {
  if (state !== 'routed') return state;
  return ['dead', 'unknown', 'waiting', 'held', 'told'].find((fate) => (fates[fate] ?? 0) > 0) ?? 'routed';
}

/** @param {{ id: number, about: string | null }} event */
export function titleOf({ id, about }) {
  return about === null || IS_BLANK.test(about) ? `Event ${id}` : about;
}

const IS_BLANK = /^[\s\p{Cf}\p{Cc}\u2800\u3164\u115F\u1160]*$/u;

/** @param {string} text */
export function visible(text) {
  return text.replaceAll(/(?![\t\n\r])\p{Cc}|[\u202A-\u202E\u2066-\u2069\uFEFF]/gu, '\u{FFFD}');
}

/** @param {string} text @param {number} most */
export function cut(text, most) {
  if (text.length <= most) return text;
  return `${text.slice(0, /[\uD800-\uDBFF]/.test(text.charAt(most - 1)) ? most - 1 : most)}…`;
}
