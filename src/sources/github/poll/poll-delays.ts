import type { WayFigures } from '../../../model/polling.ts';

/** From the happening to our receipt. GitHub's times have whole seconds and its clock is not ours: below 0 counts as 0. */
export function delaysOf() {
  let sum = 0;
  let count = 0;
  let worst = 0;
  return {
    add(receivedAt: number, occurredAt: number | null): void {
      if (occurredAt === null) return;
      const delay = Math.max(0, receivedAt - occurredAt);
      sum += delay;
      count += 1;
      worst = Math.max(worst, delay);
    },
    figures(): Pick<WayFigures, 'averageDelayMs' | 'worstDelayMs'> {
      return count === 0
        ? { averageDelayMs: null, worstDelayMs: null }
        : { averageDelayMs: sum / count, worstDelayMs: worst };
    },
  };
}
