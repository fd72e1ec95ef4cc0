import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOME, startAsked } from './asking.ts';
import { MOMENTS } from './lost-answers.ts';

const KEY = 'f47ac10b-58cc-5372-a567-0e02b2c3d479';
const OTHER_KEY = 'f47ac10b-58cc-5372-a567-0e02b2c3d480';

test('one `client_msg_id` is one message with one `ts`; another is another', async () => {
  await using asked = await startAsked();
  const first = await asked.post({ client_msg_id: KEY });
  const again = await asked.post({ client_msg_id: KEY });
  const other = await asked.post({ client_msg_id: OTHER_KEY });
  assert.deepEqual([again['ok'], again.ts, again['is_duplicate']], [true, first.ts, true]);
  assert.notEqual(other.ts, first.ts);
  assert.equal(first['is_duplicate'], undefined);
  assert.equal(asked.slack.messages.length, 2);
});

test('where nothing is known by its `client_msg_id`, each post is a message', async () => {
  await using asked = await startAsked({ knowsRepeats: false });
  const [first, again] = [await asked.post({ client_msg_id: KEY }), await asked.post({ client_msg_id: KEY })];
  assert.notEqual(again.ts, first.ts);
  assert.equal(again['is_duplicate'], undefined);
});

test('the id of a message that was deleted since finds no duplicate', async () => {
  await using asked = await startAsked();
  const { ts } = await asked.post({ client_msg_id: KEY });
  asked.slack.remove(ts);
  assert.equal((await asked.post({ client_msg_id: KEY }))['error'], 'duplicate_message_not_found');
  assert.equal(asked.slack.messages.length, 1);
});

test('an id is a UUID, and of one channel', async () => {
  await using asked = await startAsked();
  await asked.post({ client_msg_id: KEY });
  assert.equal((await asked.post({ client_msg_id: 'key-1' }))['error'], 'invalid_arguments');
  assert.equal((await asked.post({ client_msg_id: KEY, channel: 'C0000003' }))['error'], 'invalid_arguments');
  assert.equal(asked.slack.violations.length, 2);
});

test('metadata is a type and a payload of ids; any other app with history reads it', async () => {
  await using asked = await startAsked();
  const { slack } = asked;
  const error = async (metadata: unknown) => (await asked.post({ metadata }))['error'];
  assert.equal(await error({ event_type: 'told', event_payload: { text: 'x'.repeat(2000) } }), 'metadata_too_large');
  assert.equal(await error('none'), 'invalid_metadata_format');
  assert.equal(await error({ event_type: 'told' }), 'invalid_metadata_schema');
  assert.equal(await error({ event_type: 'told', event_payload: {}, entities: [] }), 'invalid_metadata_schema');
  const metadata = { event_type: 'told', event_payload: { key: 'k1' } };
  const posted = await asked.post({ metadata });
  assert.deepEqual(posted.message['metadata'], metadata);
  slack.workspace.channels[0]?.members.add('U0000009');
  const args = { channel: HOME, include_all_metadata: true };
  const { messages } = await asked.ask('conversations.history', args, slack.otherToken);
  assert.deepEqual(messages[0]?.['metadata'], metadata);
});

for (const moment of MOMENTS) {
  const isTaken = !['unread', 'untaken'].includes(moment);
  test(`cut off at "${moment}" the message ${isTaken ? 'stands' : 'is not there'}, and is read back so`, async () => {
    await using asked = await startAsked();
    asked.slack.cutNext('chat.postMessage', moment);
    const metadata = { event_type: 'told', event_payload: { key: 'k1' } };
    await assert.rejects(asked.post({ client_msg_id: KEY, metadata, text: '🎉'.repeat(500) }));
    assert.equal(asked.slack.messages.length, isTaken ? 1 : 0);
    const { messages } = await asked.history({ include_all_metadata: true });
    assert.deepEqual(messages[0]?.['metadata'], isTaken ? metadata : undefined);
    await asked.post({ client_msg_id: KEY, metadata });
    assert.equal(asked.slack.messages.length, 1, 'once in the end');
  });
}

test('an answer waits for a signal, before it is done or after', async () => {
  await using asked = await startAsked();
  const { slack } = asked;
  for (const when of ['before', 'after'] as const) {
    const held = slack.holdNext('chat.postMessage', when);
    const count = slack.messages.length;
    const posted = asked.post();
    await held.reached;
    assert.equal(slack.messages.length, when === 'before' ? count : count + 1);
    held.release();
    assert.equal((await posted)['ok'], true);
    assert.equal(slack.messages.length, count + 1);
    const cut = slack.holdNext('chat.postMessage', when);
    const lost = assert.rejects(asked.post());
    await cut.reached;
    cut.cut();
    await lost;
    assert.equal(slack.messages.length, when === 'before' ? count + 1 : count + 2);
  }
});
