import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Notification } from '../model/notification.ts';
import { carried, compose, composeLimit } from './compose.ts';

const notifications = (count: number) => Array.from({ length: count }, (_, index) => ({ id: index }) as Notification);

const shapes = fc.record({
  digestOver: fc.option(fc.integer({ min: 0, max: 30 })),
  digestMax: fc.integer({ min: 1, max: 40 }),
  concurrency: fc.integer({ min: 1, max: 8 }),
});

/** A lane's queue as the store shows it, for any shape and any backlog. */
const scenes = fc.record({
  shape: shapes,
  total: fc.integer({ min: 0, max: 80 }),
  limit: fc.integer({ min: 0, max: 40 }),
});

function composed({ shape, total, limit }: { shape: Parameters<typeof compose>[1]; total: number; limit: number }) {
  const waiting = { total, notifications: notifications(Math.min(total, composeLimit(shape))) };
  return compose(waiting, shape, limit);
}

test('messages carry the oldest waiting notifications, each once and in order', () => {
  fc.assert(
    fc.property(scenes, (scene) => {
      const ids = composed(scene).flatMap((message) => carried(message).map(({ id }) => id));
      assert.deepEqual(ids, [...ids.keys()]);
      assert.equal(ids.length > 0, scene.total > 0);
    }),
  );
});

test('a digest is made exactly when more than digestOver wait and it may carry at least two', () => {
  fc.assert(
    fc.property(scenes, (scene) => {
      const { shape, total, limit } = scene;
      const isDigest = composed(scene).some((message) => message.kind === 'digest');
      const room = Math.min(limit, shape.digestMax, total);
      assert.equal(isDigest, shape.digestOver !== null && total > shape.digestOver && room > 1);
    }),
  );
});

test('one digest at a time, never above its limits; singles never above the concurrency', () => {
  fc.assert(
    fc.property(scenes, (scene) => {
      const messages = composed(scene);
      const [first] = messages;
      if (first?.kind === 'digest') {
        assert.equal(messages.length, 1);
        assert(first.notifications.length <= Math.min(scene.limit, scene.shape.digestMax));
      } else {
        assert(messages.length <= scene.shape.concurrency);
      }
    }),
  );
});
