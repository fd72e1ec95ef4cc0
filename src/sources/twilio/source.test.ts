import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Received } from '../../model/source.ts';
import { Secret } from '../../shared/secret.ts';
import { sentence } from '../../text/sentence.ts';
import { errorCode, errorWords } from './normalise/errors.ts';
import { provider } from './provider.ts';
import { signedHeaders } from './sign.ts';
import { signedUrls } from './signed-url.ts';

const SECRET = new Secret('twilio-auth-token-of-these-tests');
const FORM = 'MessageSid=SM1&MessageStatus=delivered';

/** Twilio calls `signed`; it arrives as `called`. */
async function received(
  form: string,
  { signed = 'https://a.example/webhooks/phone', called = '', url = '' } = {},
): Promise<Received> {
  const source = await provider.source({ name: 'phone', secrets: [SECRET], settings: url === '' ? {} : { url } });
  const body = Buffer.from(form);
  return source.receive({
    method: 'POST',
    url: called || signed,
    headers: signedHeaders(body, signed, SECRET),
    body,
    now: 0,
  });
}

async function idOf(form: string): Promise<string> {
  const found = await received(form);
  assert.equal(found.kind, 'event');
  return 'guid' in found ? found.guid : '';
}

test('the address may be another at Twilio than here, with user and password that Twilio signs or not', async () => {
  const called = '/webhooks/phone?x=1';
  const url = 'https://user:pass@b.example/hook?ignored=1#rc=2';
  for (const signed of [
    'https://user:pass@b.example/hook?x=1',
    'https://b.example/hook?x=1',
    'https://b.example:443/hook?x=1',
  ])
    assert.equal((await received(FORM, { signed, called, url })).kind, 'event', signed);
  for (const signed of ['https://b.example/hook', 'https://b.example/other?x=1', 'http://b.example/hook?x=1'])
    assert.equal((await received(FORM, { signed, called, url })).kind, 'refused', signed);
});

test('nothing but port, login and the spelling of the query is left open', () => {
  assert.deepEqual([...signedUrls('https://a.example/x')], ['https://a.example/x', 'https://a.example:443/x']);
  assert.deepEqual(
    [...signedUrls('http://[::1]:8080/x')],
    ['http://[::1]:8080/x', 'http://[::1]/x', 'http://[::1]:80/x'],
  );
  assert.deepEqual([...signedUrls('/webhooks/phone')], ['/webhooks/phone']);
  assert.ok(signedUrls("https://a.example/x?a=It's b").has('https://a.example/x?a=It%27s%20b'));
});

test('a thing has each of its states once; what may come again is known by what was signed', async () => {
  assert.equal(await idOf(FORM), 'SM1:delivered');
  assert.equal(await idOf('SmsSid=SM1&SmsStatus=receiving'), 'SM1:received');
  assert.equal(await idOf('CallSid=CA1&CallStatus=completed'), 'CA1:completed');
  const asked = await Promise.all(
    ['1', '2'].map((digit) => idOf(`CallSid=CA1&CallStatus=in-progress&Digits=${digit}`)),
  );
  assert.equal(new Set(asked).size, 2);
  assert.equal(await idOf('B=2&A=%C3%A9'), await idOf('A=%c3%a9&B=2'));
});

test('a captured request that is cut differently is the delivery that it was', async () => {
  const genuine = 'From=%2B15550100100&MessageSid=SM1&MessageStatus=undelivered&To=7';
  const url = 'https://a.example/webhooks/phone?a=1';
  const headers = signedHeaders(Buffer.from(genuine), url, SECRET);
  const source = await provider.source({ name: 'phone', secrets: [SECRET], settings: {} });
  const cut = async (form: string, more = '', method = 'POST') => {
    const found = await source.receive({ method, url: url + more, headers, body: Buffer.from(form), now: 0 });
    return 'deliveryId' in found ? found.deliveryId : found.kind;
  };
  const id = await cut(genuine);
  for (const [form, more, method] of [
    ['From=%2B15550100100&MessageSid=SM1Message&StatusundeliveredTo=7'],
    ['From=%2B15550100100&MessageSid=SM1M&essageStatusundeliveredTo7'],
    ['MessageSid=SM1&MessageStatus=undelivered&To=7', 'From+15550100100'],
    ['', 'From+15550100100MessageSidSM1MessageStatusundeliveredTo7', 'GET'],
  ] as const) {
    assert.equal(await cut(form, more, method), id, form);
  }
  assert.equal(await cut(`${genuine}&To7=`), 'refused');
});

test('errors are told in words, or by their number', () => {
  assert.equal(errorWords('30005'), 'the number does not exist or is out of service');
  assert.equal(errorWords('39999'), 'error 39999');
  assert.deepEqual(['30005', ' 30005 ', '0', '', 'constructor', '1e5', null].map(errorCode), [
    '30005',
    '30005',
    null,
    null,
    null,
    null,
    null,
  ]);
});

test('an account SID is no token', () => {
  assert.match(provider.secret.problemOf?.(`AC${'0'.repeat(32)}`) ?? '', /SID/);
  assert.equal(provider.secret.problemOf?.(SECRET.reveal()), undefined);
});

const FIXED = {
  id: 1,
  origin: 'webhook',
  source: 'phone',
  headers: {},
  receivedAt: 0,
  storedAt: 0,
  replays: 0,
  settled: null,
} as const;

async function told(guid: string, body: string) {
  const source = await provider.source({ name: 'phone', secrets: [], settings: {} });
  const of = { ...FIXED, type: 'message', deliveryId: guid, guid, body: Buffer.from(body) };
  const found = await source.normalise(of);
  assert.ok(found.kind === 'activity');
  return found.activity;
}

test('what a status callback and Event Streams both tell is told once, in one thread', async () => {
  const keysOf = async (guid: string, body: string) => {
    const { keys } = await told(guid, body);
    return [keys.dedup, keys.thread];
  };
  const data = { messageSid: 'SM1', to: '+15550100201', messageStatus: 'failed' };
  const event = { specversion: '1.0', type: 'com.twilio.messaging.message.failed', id: 'EZ1', data };
  const called = await keysOf('SM1:failed', 'MessageSid=SM1&MessageStatus=failed&To=%2B15550100201');
  assert.deepEqual(called, ['twilio:SM1:failed', 'twilio message SM1']);
  assert.deepEqual(await keysOf('EZ1', JSON.stringify([event])), called);
});

test('what is written in a conversation is of the conversation, though it has an id as messages have', async () => {
  const form = 'EventType=onMessageAdded&ConversationSid=CH1&MessageSid=IM1&Author=mona&Body=Hello';
  const activity = await told('x', form);
  assert.deepEqual([activity.kind, activity.keys.thread], ['conversation.onMessageAdded', 'twilio conversation CH1']);
  assert.equal(sentence(activity), 'mona wrote in a conversation: Hello');
});

test('a call of ours that rings is a step, and one that comes in is news', async () => {
  const form = 'CallSid=CA1&CallStatus=ringing&From=%2B15550100201&To=%2B15550100202';
  assert.equal((await told('x', `${form}&Direction=inbound`)).isMinor, false);
  assert.equal((await told('x', `${form}&Direction=outbound-api&CallbackSource=call-progress-events`)).isMinor, true);
});

test('a sample is signed for the address that is set', async () => {
  const url = 'https://hooks.acme.dev/phone';
  const source = await provider.source({ name: 'phone', secrets: [SECRET], settings: { url } });
  const delivery = { url: '/webhooks/phone', type: 'message', guid: 'g', body: Buffer.from(FORM), now: 0 };
  const headers = (await provider.sign?.(delivery, SECRET, { url })) ?? {};
  assert.equal((await source.receive({ ...delivery, method: 'POST', headers })).kind, 'event');
});
