import { spanMs, TERM_UNITS, termProblem } from '../config/parts/amounts.ts';
import { CliError, EXIT } from './cli-error.ts';

/** `2h`, `30m`, `7d` before now, or an ISO 8601 time, as ms since 1970. @throws CliError, exit code 2 */
export function parseSince(text: string, now: number, flag = '--since'): number {
  const ago = spanMs(text, TERM_UNITS);
  if (ago !== undefined) return now - ago;
  const time = /^\d{4}-\d\d-\d\d/.test(text.trim()) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw new CliError(
    EXIT.usage,
    `${flag} "${text}" is no time. Use a span such as 30m, 2h or 7d, or an ISO time such as 2026-11-23T10:00:00Z.`,
  );
}

/** `2h`, `3d` from now, or an ISO 8601 time that is to come, as ms since 1970. @throws CliError, exit code 2 */
export function parseUntil(text: string, now: number, flag = '--until'): number {
  const span = termProblem(text) === undefined ? spanMs(text, TERM_UNITS) : undefined;
  if (span !== undefined) return now + span;
  const time = /^\d{4}-\d\d-\d\d/.test(text.trim()) ? Date.parse(text) : Number.NaN;
  if (time > now) return time;
  const why = time <= now ? 'is over' : 'is no time to come';
  throw new CliError(
    EXIT.usage,
    `${flag} "${text}" ${why}. Use a span such as 2h, 3d or 2w, or an ISO time such as 2027-01-04T09:00:00Z.`,
  );
}
