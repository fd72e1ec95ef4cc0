import { duration } from '../../../../text/duration.ts';

const UNITS: Readonly<Record<string, number>> = { hour: 3_600_000, minute: 60_000, second: 1_000 };
/** `Build #2 failed (5 minutes, 20 seconds)`: a name, how it ended and how long it took, as Buildkite writes it. */
const SPELLED =
  /^[\w #-]{1,60} \((\d{1,4} (?:hour|minute|second)s?(?:,? (?:and )?\d{1,4} (?:hour|minute|second)s?){0,2})\)$/;

/** `5 min 20 s`, where a description says that and nothing else that is not known already; null where it says more. */
export function spelledDuration(description: string): string | null {
  const spelled = SPELLED.exec(description)?.[1];
  if (spelled === undefined) return null;
  const parts = [...spelled.matchAll(/(\d+) (hour|minute|second)/g)];
  return duration(parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (UNITS[unit] ?? 0), 0));
}
