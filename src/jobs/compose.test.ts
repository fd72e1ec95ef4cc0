import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { aNotification, anActivity } from '../../tests/fixtures/activities.ts';
import { carried } from '../model/carried.ts';
import type { Notification } from '../model/notification.ts';
import { describe } from '../text/describe.ts';
import { compose, composeLimit, conversationOf, countLimit, threadOf } from './compose.ts';

const ISSUE = anActivity();
const notifications = (count: number): Notification[] =>
  Array.from({ length: count }, (_, index) => ({ ...aNotification(ISSUE), id: index }));

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
  // As far as they are counted.
  const waiting = {
    total: Math.min(total, countLimit(shape)),
    notifications: notifications(Math.min(total, composeLimit(shape))),
  };
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

const SLACK = { digestOver: 2, digestMax: 100, concurrency: 1 };

/** `a1`: the first push of burst `a`; without a letter, something else. */
function lane(...names: readonly string[]) {
  const all = names.map((name, index) => {
    const isBurst = /^[a-z]/.test(name);
    const fields = isBurst ? { burstKey: name.charAt(0), did: 'pushed to {it}', thread: 'acme/api#12' } : {};
    return { ...aNotification(anActivity(fields), index), isReplay: name.endsWith('!') };
  });
  const say = (shape = SLACK, limit = 100, total = all.length) =>
    compose({ notifications: all, total }, shape, limit).map((message) =>
      [message.kind, ...carried(message).map(({ id }) => names[id])].join(' '),
    );
  return { all, say };
}

test('what is one burst is one message, in which the newest speaks for all', () => {
  const { all } = lane('a1', 'a2', 'a3');
  const [message] = compose({ notifications: all, total: 3 }, SLACK, 100);
  assert.ok(message?.kind === 'single');
  assert.deepEqual([message.notification.id, carried(message).map(({ id }) => id)], [2, [0, 1, 2]]);
  const words = 'mona pushed to issue #12 three times in acme/api: Uploads fail on Safari';
  assert.deepEqual([describe(message), threadOf(message)], [words, 'acme/api#12']);
});

test('a burst in words of somebody’s own says how often', () => {
  const { all } = lane('a1', 'a2');
  const worded = all.map((one) => ({
    ...one,
    activity: { ...one.activity, said: { ...one.activity.said, sentence: 'Pushed: #12' } },
  }));
  const [message] = compose({ notifications: worded, total: 2 }, SLACK, 100);
  assert.equal(message && describe(message), 'Pushed: #12 (twice)');
});

test('the page of a burst shows all of it, where that is a range of commits', () => {
  const urlOf = (...urls: readonly string[]) => {
    const { all } = lane(...urls.map((_, index) => `a${index}`));
    const notifications = all.map((one, index) => {
      const { activity } = one;
      return {
        ...one,
        activity: { ...activity, subject: { noun: '', handle: '', title: '', url: urls[index] ?? '' } },
      };
    });
    const [message] = compose({ notifications, total: urls.length }, SLACK, 100);
    assert.ok(message?.kind === 'single');
    return message.notification.activity.subject?.url;
  };
  const [first, second] = ['https://x.test/12/files/aaaaaaa..bbbbbbb', 'https://x.test/12/files/bbbbbbb..ccccccc'];
  assert.equal(
    urlOf(first, second, 'https://x.test/12/files/ccccccc..ddddddd'),
    'https://x.test/12/files/aaaaaaa..ddddddd',
  );
  assert.equal(urlOf(first, 'https://x.test/12'), 'https://x.test/12');
  assert.equal(urlOf('https://x.test/12', second), second);
});

test('a burst stands where its oldest does, and counts as one; a replay and one alone are told as they are', () => {
  assert.deepEqual(lane('a1', '1', 'a2', 'a3').say(), ['single a1 a2 a3']);
  assert.deepEqual(lane('1', 'a1', 'a2').say(), ['single 1']);
  assert.deepEqual(lane('a1', 'b1', 'a2', 'b2').say({ ...SLACK, concurrency: 4 }), ['single a1 a2', 'single b1 b2']);
  assert.deepEqual(lane('a1', 'a2', '1', '2').say(), ['digest a1 a2 1 2']);
  assert.deepEqual(lane('a1', 'a2', 'a3').say(SLACK, 100, 9), ['digest a1 a2 a3'], 'more wait than were read');
  assert.deepEqual(lane('a1', 'a2!').say(), ['single a1']);
  assert.deepEqual(lane('a1', 'a2').say({ ...SLACK, digestOver: null } as never), ['single a1'], 'an endpoint');
});

test('what may have arrived is told first, as it was and with nothing else; then the rest', () => {
  /** `3?7`: notification 3, which may have arrived with attempt 7. */
  const told = (names: readonly string[], shape: Partial<typeof SLACK> | { digestOver: null } = {}, limit = 100) => {
    const all = names.map((name) => {
      const [, burst = '', id, attempt] = /^([a-z]?)(\d+)\??(\d*)$/.exec(name) ?? [];
      const { activity } = aNotification(anActivity(burst ? { burstKey: burst, did: 'pushed to {it}' } : {}));
      return { ...aNotification(activity, Number(id)), maybeToldBy: attempt ? Number(attempt) : null };
    });
    return compose({ notifications: all, total: all.length }, { ...SLACK, ...shape }, limit).map(
      (message) =>
        `${message.maybeRepeated ? 'again ' : ''}${message.kind} ${carried(message)
          .map(({ id }) => id)
          .join(' ')}`,
    );
  };
  assert.deepEqual(told(['1', '2?7', '3', '4?7', '5', '6?8']), ['again digest 2 4']);
  assert.deepEqual(told(['1?7', '2', '3', '4']), ['again single 1']);
  assert.deepEqual(told(['a1?7', 'a2?7', 'a3', '4']), ['again single 1 2'], 'a burst without what came after');
  assert.deepEqual(told(['1?7', '2?7', '3?7', '4?7'], {}, 2), ['again digest 1 2'], 'taken apart after a rejection');
  assert.deepEqual(told(['1', '2']), ['single 1']);
  const endpoint = { digestOver: null, concurrency: 3 };
  assert.deepEqual(told(['1', '2?7', '3?8', '4'], endpoint), ['single 1', 'again single 2', 'again single 3']);
});

test('a message goes into the conversation of its thread as its rule says, else as its destination does; a digest into none', () => {
  const about = (thread: string | null, isThreaded?: boolean) =>
    ({ kind: 'single', notification: { ...aNotification(anActivity({ thread })), isThreaded } }) as const;
  const [usual, never] = [{ isThreaded: true }, {}];
  const inConversation = [about('a'), about('a', false), about('a', true), about(null, true)];
  assert.deepEqual(
    inConversation.map((message) => conversationOf(message, usual)),
    ['a', null, 'a', null],
  );
  assert.deepEqual(
    inConversation.map((message) => conversationOf(message, never)),
    [null, null, 'a', null],
  );
  const { notification } = about('a', true);
  assert.equal(conversationOf({ kind: 'digest', notifications: [notification, notification] }, usual), null);
});
