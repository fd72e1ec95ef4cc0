import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startSlackDouble } from './slack-double.ts';

const HELLO = { text: 'hello', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'hello' } }] };

function post(url: string, body: unknown, contentType = 'application/json'): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(url, { method: 'POST', body: text, headers: { 'content-type': contentType } });
}

test('a valid message is answered ok and kept with its arrival time', async () => {
  await using slack = await startSlackDouble();
  const arrived = slack.waitFor(1);
  const response = await post(slack.webhookUrl(), HELLO);
  assert.equal(response.status, 200);
  assert.equal(await response.text(), 'ok');
  const [message] = await arrived;
  assert.equal(message?.text, 'hello');
  assert.ok(Math.abs((message?.at ?? 0) - Date.now()) < 5000);
});

test('the second message within a second on one path is answered 429 and counted; another path goes on', async () => {
  await using slack = await startSlackDouble();
  await post(slack.webhookUrl('/a'), HELLO);
  const early = await post(slack.webhookUrl('/a'), HELLO);
  assert.equal(early.status, 429);
  assert.equal(early.headers.get('retry-after'), '1');
  assert.equal((await post(slack.webhookUrl('/b'), HELLO)).status, 200);
  assert.deepEqual(
    slack.violations.map(({ path, rule }) => [path, rule]),
    [['/a', 'rate']],
  );
});

test('without enforceRate any number of messages is taken', async () => {
  await using slack = await startSlackDouble({ enforceRate: false });
  for (let i = 0; i < 5; i++) assert.equal((await post(slack.webhookUrl(), HELLO)).status, 200);
  assert.equal(slack.messages.length, 5);
});

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const image = { type: 'image', image_url: 'https://x.test/a.png', alt_text: 'a' };
const REFUSED: readonly (readonly [name: string, body: unknown, answer: string])[] = [
  ['not JSON', '{"text":', 'invalid_payload'],
  ['an unknown field', { ...HELLO, colour: 'red' }, 'invalid_payload'],
  ['no text beside blocks', { blocks: HELLO.blocks }, 'no_text'],
  ['a blank text', { text: ' ' }, 'no_text'],
  ['an unknown block type', { text: 'x', blocks: [{ type: 'marquee' }] }, 'invalid_blocks'],
  ['an empty section text', { text: 'x', blocks: [section('')] }, 'invalid_blocks'],
  ['a section text of 3,001', { text: 'x', blocks: [section('y'.repeat(3001))] }, 'invalid_blocks'],
  ['51 blocks', { text: 'x', blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) }, 'invalid_blocks'],
  [
    '11 context elements',
    { text: 'x', blocks: [{ type: 'context', elements: Array.from({ length: 11 }, () => image) }] },
    'invalid_blocks',
  ],
  ['an image URL without scheme', { text: 'x', blocks: [{ ...image, image_url: 'x.test/a.png' }] }, 'invalid_blocks'],
  ['11,341 characters in all', { text: 'x', blocks: Array(4).fill(section('y'.repeat(2836))) }, 'msg_blocks_too_long'],
];

for (const [name, body, answer] of REFUSED) {
  test(`${name} is refused as ${answer}`, async () => {
    await using slack = await startSlackDouble();
    const response = await post(slack.webhookUrl(), body);
    assert.equal(response.status, 400);
    assert.equal(await response.text(), answer);
    assert.equal(slack.messages.length, 0);
    assert.equal(slack.violations.length, 1);
  });
}

test('a body that is not sent as JSON is refused', async () => {
  await using slack = await startSlackDouble();
  assert.equal((await post(slack.webhookUrl(), HELLO, 'text/plain')).status, 400);
});

test('planned failures are given on their path only, then all is well again', async () => {
  await using slack = await startSlackDouble({ enforceRate: false });
  slack.failNext('/a', 1, { status: 503, body: 'down', retryAfter: 7 });
  assert.equal((await post(slack.webhookUrl('/b'), HELLO)).status, 200);
  const failed = await post(slack.webhookUrl('/a'), HELLO);
  assert.deepEqual([failed.status, failed.headers.get('retry-after')], [503, '7']);
  assert.equal((await post(slack.webhookUrl('/a'), HELLO)).status, 200);
  assert.deepEqual(slack.violations, []);
});

test('a dropped or hanging message is posted although the sender never hears of it', async () => {
  const slack = await startSlackDouble({ enforceRate: false });
  slack.dropNext('/a');
  await assert.rejects(post(slack.webhookUrl('/a'), HELLO));
  slack.hangNext('/a');
  const hanging = post(slack.webhookUrl('/a'), HELLO);
  const broken = assert.rejects(hanging);
  await slack.waitFor((messages) => messages.filter((message) => message.answerLost).length === 2);
  await slack.close();
  await broken;
});

test('waiting in vain says what did arrive', async () => {
  await using slack = await startSlackDouble();
  await post(slack.webhookUrl(), HELLO);
  await assert.rejects(slack.waitFor(2, 1), /1 messages[^]*hello/);
});

test('an empty text asks whether the webhook lives: no message, no violation', async () => {
  await using slack = await startSlackDouble();
  slack.failNext('/dead', 1, { status: 404, body: 'no_service' });
  assert.equal(await (await post(slack.webhookUrl('/dead'), { text: '' })).text(), 'no_service');
  const alive = await post(slack.webhookUrl('/live'), { text: '' });
  assert.deepEqual([alive.status, await alive.text()], [400, 'no_text']);
  assert.deepEqual([slack.probes, slack.messages, slack.violations], [['/dead', '/live'], [], []]);
});
