import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aNotification, anActivity, single } from '../../../../tests/fixtures/activities.ts';
import type { Notification } from '../../../model/notification.ts';
import { cardId, identified, messageId } from './post-id.ts';

const TEAM = { name: 'team', place: '#releases' };
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const told = (fields: Partial<Notification> = {}) =>
  messageId(TEAM, { kind: 'single', notification: { ...aNotification(anActivity()), ...fields } });

test('a message has one id, whatever it says and however often it is tried', () => {
  const id = told();
  assert.match(id, UUID);
  for (const same of [
    { tries: 7 },
    { maybeToldBy: 3 },
    { rule: 'other' },
    { activity: anActivity({ did: 'closed {it}' }) },
  ]) {
    assert.equal(told(same), id, JSON.stringify(same));
  }
  assert.equal(messageId(TEAM, { ...single(anActivity()), maybeRepeated: true }), id);
});

test('another has another: a replay, an inbox begun anew, a number given anew, another place, a burst that has grown', () => {
  const notification = aNotification(anActivity(), 2);
  const others = [aNotification(anActivity(), 1)];
  const ids = [
    told(),
    told({ id: 2, isReplay: true }),
    told({ storedAt: 1 }),
    told({ eventId: 9 }),
    messageId({ ...TEAM, name: 'other' }, single(anActivity())),
    messageId({ ...TEAM, place: 'U0000MONA' }, single(anActivity())),
    messageId(TEAM, { kind: 'single', notification }),
    messageId(TEAM, { kind: 'single', notification, others }),
    messageId(TEAM, { kind: 'digest', notifications: [...others, notification] }),
    cardId(TEAM, { thread: 'acme/api#12', posts: 1 }),
    cardId(TEAM, { thread: 'acme/api#12', posts: 2 }),
  ];
  // A burst and a digest of the same are never in one lane at one time, but are not one message either.
  assert.equal(new Set(ids).size, ids.length);
});

test('whoever reads the channel reads nothing of what it is about', () => {
  const id = cardId(TEAM, { thread: 'acme/secret#12', posts: 1 });
  assert.deepEqual(identified('card', id), {
    client_msg_id: id,
    metadata: { event_type: 'tidings_card', event_payload: { id } },
  });
  assert.doesNotMatch(JSON.stringify(identified('card', id)), /acme|secret|team/);
});
