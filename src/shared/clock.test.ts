import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { systemClock } from './clock.ts';

const DAY = 24 * 60 * 60 * 1000;

test('a wait of more than 24 days is that long, and can be called off at any time', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const rang: string[] = [];
    systemClock.after(60 * DAY, () => rang.push('after 60 days'));
    const cancel = systemClock.after(60 * DAY, () => rang.push('called off'));
    for (let day = 1; day < 60; day++) mock.timers.tick(DAY);
    assert.deepEqual(rang, []);
    cancel();
    // A mocked timer that follows another counts from the end of the tick.
    for (let day = 1; day < 5; day++) mock.timers.tick(DAY);
    assert.deepEqual(rang, ['after 60 days']);
  } finally {
    mock.timers.reset();
  }
});
