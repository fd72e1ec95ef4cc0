import { createHash } from 'node:crypto';
import { type SamplePayload, type Samples, type Scene, samplesBy } from '../../../model/plugin/samples.ts';
import { createFieldSetter } from '../../../shared/field-setter.ts';

type Fields = Readonly<Record<string, string>>;

const ACCOUNT = 'AC0123456789abcdef0123456789abcdef';
const OURS = '+15550100100';
const PEOPLE = ['+15550100201', '+447700900202', '+4915550100203'] as const;
const WORDS = ['Is the shop open on Sunday?', "I can't log in any more.", 'Thanks, it works again!'] as const;

const MAKERS: ReadonlyMap<string, (n: number, now: number) => Fields> = new Map<
  string,
  (n: number, now: number) => Fields
>([
  ['message.received', (n, now) => inboundMessage(n, now)],
  ['message.failed', (n, now) => sentMessage(n, now, { MessageStatus: 'failed', ErrorCode: '30006' })],
  ['message.undelivered', (n, now) => sentMessage(n, now, { MessageStatus: 'undelivered', ErrorCode: '30003' })],
  ['message.delivered', (n, now) => sentMessage(n, now, { MessageStatus: 'delivered' })],
  ['call.ringing', (n, now) => call(n, now, { CallStatus: 'ringing', Direction: 'inbound' })],
  ['call.completed', (n, now) => ended(n, now, { CallStatus: 'completed', CallDuration: String(9 + (n % 600)) })],
  ['call.busy', (n, now) => ended(n, now, { CallStatus: 'busy', CallDuration: '0' })],
  ['call.no-answer', (n, now) => ended(n, now, { CallStatus: 'no-answer', CallDuration: '0' })],
  ['call.failed', (n, now) => ended(n, now, { CallStatus: 'failed', CallDuration: '0', SipResponseCode: '404' })],
  ['recording.completed', (n, now) => recorded(n, now)],
  ['debugger.error', (n, now) => error(n, now)],
]);

/** Parameters may be added at any time: any name is one. */
export const SAMPLES: Samples = {
  ...samplesBy(
    MAKERS.keys(),
    sample,
    createFieldSetter(() => null, 'Body'),
  ),
  written: (payload) => Buffer.from(formOf(payload)),
};

function sample(name: string, { n, now }: Scene): SamplePayload | undefined {
  const payload = MAKERS.get(name)?.(n, now);
  return payload === undefined ? undefined : { type: name, payload };
}

function formOf(payload: SamplePayload['payload']): string {
  return new URLSearchParams(
    Object.entries(payload).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}

function inboundMessage(n: number, now: number): Fields {
  const sid = sidOf('SM', n, now);
  return {
    ToCountry: 'US',
    SmsMessageSid: sid,
    NumMedia: '0',
    SmsSid: sid,
    SmsStatus: 'received',
    Body: WORDS[n % WORDS.length] as string,
    To: OURS,
    NumSegments: '1',
    MessageSid: sid,
    AccountSid: ACCOUNT,
    From: personOf(n),
    ApiVersion: '2010-04-01',
  };
}

function sentMessage(n: number, now: number, state: Fields): Fields {
  const sid = sidOf('SM', n, now);
  const SmsStatus = state['MessageStatus'] ?? '';
  return {
    ...state,
    SmsStatus,
    SmsSid: sid,
    MessageSid: sid,
    AccountSid: ACCOUNT,
    From: OURS,
    To: personOf(n),
    ApiVersion: '2010-04-01',
  };
}

function call(n: number, now: number, state: Fields): Fields {
  const [From, To] = state['Direction'] === 'inbound' ? [personOf(n), OURS] : [OURS, personOf(n)];
  return {
    CallSid: sidOf('CA', n, now),
    AccountSid: ACCOUNT,
    ApiVersion: '2010-04-01',
    From,
    To,
    Caller: From,
    Called: To,
    ...state,
  };
}

function ended(n: number, now: number, state: Fields): Fields {
  const Timestamp = new Date(now).toUTCString();
  return call(n, now, {
    Direction: 'outbound-api',
    CallbackSource: 'call-progress-events',
    SequenceNumber: '3',
    Timestamp,
    ...state,
  });
}

function recorded(n: number, now: number): Fields {
  const sid = sidOf('RE', n, now);
  return {
    RecordingSid: sid,
    RecordingStatus: 'completed',
    RecordingDuration: String(12 + (n % 90)),
    RecordingUrl: `https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}/Recordings/${sid}`,
    CallSid: sidOf('CA', n, now),
    AccountSid: ACCOUNT,
  };
}

function error(n: number, now: number): Fields {
  const payload = {
    resource_sid: sidOf('CA', n, now),
    service_sid: null,
    error_code: '11200',
    more_info: { Msg: 'Got HTTP 502 response', url: 'https://example.com/voice', httpResponse: '502' },
  };
  return {
    ParentAccountSid: '',
    Payload: JSON.stringify(payload),
    PayloadType: 'application/json',
    Level: 'ERROR',
    Timestamp: new Date(now).toISOString(),
    AccountSid: ACCOUNT,
    Sid: sidOf('NO', n, now),
  };
}

function personOf(n: number): string {
  return PEOPLE[n % PEOPLE.length] as string;
}

function sidOf(prefix: string, n: number, now: number): string {
  return prefix + createHash('md5').update(`${prefix} ${n} ${now}`).digest('hex');
}
