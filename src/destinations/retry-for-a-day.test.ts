import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pauseMs } from '../jobs/retry.ts';
import { RETRY_FOR_A_DAY } from './retry-for-a-day.ts';

/** Hours from the first try to the last, when chance makes every pause so much shorter (0: not at all, 1: as it can). */
function hours(shorter: number): number {
  const pauses = Array.from({ length: RETRY_FOR_A_DAY.maxTries - 1 }, (_, failures) =>
    pauseMs(RETRY_FOR_A_DAY, failures, undefined, () => shorter),
  );
  return pauses.reduce((sum, pause) => sum + pause, 0) / 3_600_000;
}

test('the tries last about a day', () => {
  const average = hours(0.5);
  assert(average > 24 && average < 24.5, `${average} h`);
  assert(hours(1) > 22.5 && hours(0) < 26, `${hours(1)} to ${hours(0)} h`);
});
