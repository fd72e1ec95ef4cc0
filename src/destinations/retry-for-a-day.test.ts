import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RETRY_FOR_A_DAY } from './retry-for-a-day.ts';

test('the tries last about a day: half of each ceiling on average', () => {
  const { baseMs, capMs, maxTries } = RETRY_FOR_A_DAY;
  const pauses = Array.from({ length: maxTries - 1 }, (_, failures) => Math.min(capMs, baseMs * 2 ** failures) / 2);
  const hours = pauses.reduce((sum, pause) => sum + pause, 0) / 3_600_000;
  assert(hours > 24 && hours < 25, `${hours} h`);
});
