import { createHash } from 'node:crypto';
import twilio from 'twilio';
import { peerSuite } from './peer.ts';
import { form, json, type Sent, type Signing } from './sent.ts';
import { addressOf } from './server.ts';

type Parameters = Readonly<Record<string, string | readonly string[]>>;

function posted(all: Parameters, { secret }: Signing): Sent {
  const signature = twilio.getExpectedTwilioSignature(secret, addressOf('twilio'), all);
  return form(written(all), { 'X-Twilio-Signature': signature });
}

/** A webhook rule at Twilio names another key than the token, and how it signs. */
function byRule(all: Parameters, { secret }: Signing): Sent {
  const signature = twilio.getExpectedTwilioSignature(secret, addressOf('twilio'), all, twilio.HMAC_SHA256);
  const settings = `key=webhooks_sharedkey_1,algorithm=${twilio.HMAC_SHA256}`;
  return form(written(all), { 'X-Twilio-Signature': signature, [twilio.SIGNATURE_SETTINGS_HEADER]: settings });
}

function asked(query: string, { secret }: Signing): Sent {
  const signature = twilio.getExpectedTwilioSignature(secret, addressOf('twilio', { query }), {});
  return { method: 'GET', query, headers: { 'x-twilio-signature': signature }, body: '' };
}

function digested(body: string, { secret }: Signing): Sent {
  const query = `bodySHA256=${twilio.getExpectedBodyHash(body)}`;
  const signature = twilio.getExpectedTwilioSignature(secret, addressOf('twilio', { query }), {});
  return { ...json(body, { 'X-Twilio-Signature': signature }), query };
}

function written(all: Parameters): string {
  const pairs = Object.entries(all).flatMap(([name, values]) =>
    [values].flat().map((value) => [name, value] as [string, string]),
  );
  return new URLSearchParams(pairs).toString();
}

/** As its middleware is given them by Express. */
function read(body: string): Parameters {
  const all = new URLSearchParams(body);
  return Object.fromEntries(
    [...all.keys()].map((name) => {
      const values = all.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

const RECEIVED = {
  MessageSid: 'SM1peer',
  SmsStatus: 'received',
  From: '+15550100201',
  To: '+15550100100',
  Body: "It's ♥ & +",
};
const FAILED = { MessageSid: 'SM2peer', MessageStatus: 'undelivered', ErrorCode: '30003', MediaUrl: ['b', 'a', 'b'] };
const ENDED = { CallSid: 'CA1peer', CallStatus: 'completed', CallDuration: '9', From: '+15550100201' };
const EVENT = '{"specversion":"1.0","type":"com.twilio.messaging.message.failed","id":"EZ1peer","data":{"a":"ö"}}';
const TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

/** Whatever is read out of what a signature covers, it is one delivery. */
const idOf = ({ headers }: Sent) =>
  createHash('sha256')
    .update(headers['x-twilio-signature'] ?? '')
    .digest('hex')
    .slice(0, 32);

peerSuite({
  source: 'twilio',
  signatureHeader: 'x-twilio-signature',
  isTimeSigned: false,
  accepts: ({ query, headers, body }, secret) => {
    const url = addressOf('twilio', { query });
    const signature = headers['x-twilio-signature'] ?? '';
    const algorithm = twilio.getSignatureAlgorithm(headers[twilio.SIGNATURE_SETTINGS_HEADER.toLowerCase()] ?? '');
    return query.includes('bodySHA256')
      ? twilio.validateRequestWithBody(secret, signature, url, body)
      : twilio.validateRequest(secret, signature, url, read(body), algorithm);
  },
  cases: [
    {
      name: 'a message that comes in',
      sign: (by) => posted(RECEIVED, by),
      type: 'message',
      deliveryId: idOf,
      answer: TWIML,
    },
    {
      name: 'a message that failed',
      sign: (by) => posted(FAILED, by),
      type: 'message',
      deliveryId: idOf,
      answer: '',
    },
    {
      name: 'a call, signed by a shared key with SHA-256',
      sign: (by) => byRule(ENDED, by),
      type: 'call',
      deliveryId: idOf,
      answer: '',
    },
    {
      name: 'a GET',
      sign: (by) => asked("MessageSid=SM3peer&SmsStatus=received&Body=It's+me", by),
      type: 'message',
      deliveryId: idOf,
      answer: TWIML,
    },
    { name: 'JSON', sign: (by) => digested(EVENT, by), type: 'message', deliveryId: idOf, answer: '' },
  ],
});
