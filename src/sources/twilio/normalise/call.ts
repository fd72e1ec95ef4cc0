import { looksSecret } from '../../../shared/secrets/secret-shapes.ts';
import { person, worded } from '../../../telling/parts.ts';
import type { Told } from '../../../telling/told.ts';
import { duration } from '../../../text/duration.ts';
import { cut } from '../../../text/plain.ts';
import { isCallback } from '../envelope.ts';
import { type Address, addressOf, directed } from './address.ts';
import { errorCode, errorPage, errorWords } from './errors.ts';
import { count, idsOf, said, type TwilioEvent } from './event.ts';

const LOGS = 'https://console.twilio.com/us1/monitor/logs/calls';

type Words = readonly [headline: string, became: string, tone: NonNullable<Told['tone']>];

const STATES: Readonly<Record<string, Words>> = {
  answered: ['Call answered', 'was answered', 'neutral'],
  busy: ['Call met a busy line', 'met a busy line', 'bad'],
  canceled: ['Call canceled', 'was canceled', 'neutral'],
  completed: ['Call completed', 'ended', 'good'],
  failed: ['Call failed', 'failed', 'bad'],
  'in-progress': ['Call in progress', 'is in progress', 'neutral'],
  initiated: ['Call started', 'started', 'neutral'],
  'no-answer': ['Call not answered', 'was not answered', 'bad'],
  queued: ['Call queued', 'is queued', 'neutral'],
  ringing: ['Call ringing', 'is ringing', 'neutral'],
};

/** What others than people answer with. */
const MACHINES: Readonly<Record<string, string>> = {
  fax: 'answered by a fax',
  machine: 'answered by a machine',
  machine_end_beep: 'answered by a machine',
  machine_end_other: 'answered by a machine',
  machine_end_silence: 'answered by a machine',
  machine_start: 'answered by a machine',
};

export function call(event: TwilioEvent): Told {
  const [from, to] = [addressOf(said(event, 'From', 'Caller')), addressOf(said(event, 'To', 'Called'))];
  const isInbound = !(said(event, 'Direction') ?? 'inbound').startsWith('outbound');
  const isIncoming = isInbound && event.action === 'ringing' && !isCallback(event.at);
  return {
    ...(isIncoming ? incoming(from, to) : status(event, isInbound ? directed('from', from) : directed('to', to))),
    ...about(event, isInbound ? to : from, isInbound),
    isMinor: !isIncoming,
  };
}

/** Somebody calls a number of ours. */
function incoming(from: Address | null, to: Address | null): Pick<Told, 'headline' | 'did' | 'tone' | 'by' | 'title'> {
  const did = `called${to === null ? '' : ` ${to.name}`}`;
  return {
    headline: 'Call came in',
    did,
    tone: 'opened',
    by: person(from?.name.replace(/^a hidden/, 'A hidden') ?? null),
    title: '',
  };
}

function status(
  event: TwilioEvent,
  who: string | null,
): Pick<Told, 'headline' | 'became' | 'tone' | 'handle' | 'title'> {
  const { action } = event;
  const state = worded(action ?? 'changed');
  const known = Object.hasOwn(STATES, action ?? '') ? STATES[action ?? ''] : undefined;
  const [headline, became, tone] = known ?? [`Call ${state}`, `is ${state}`, 'neutral'];
  const seconds = count(event, 'CallDuration');
  const after = action === 'completed' && seconds !== null && seconds > 0 ? ` after ${duration(seconds * 1000)}` : '';
  const code = errorCode(said(event, 'ErrorCode'));
  return {
    headline,
    became: became + after,
    tone,
    handle: ['Call', who].filter(Boolean).join(' '),
    title: code === null ? '' : errorWords(code),
  };
}

function about(
  event: TwilioEvent,
  ours: Address | null,
  isInbound: boolean,
): Pick<Told, 'noun' | 'url' | 'facts' | 'facets' | 'thread' | 'happening'> {
  const code = errorCode(said(event, 'ErrorCode'));
  const isIncoming = event.action === 'ringing' && isInbound;
  const sip = count(event, 'SipResponseCode');
  return {
    noun: 'call',
    url: code === null ? LOGS : errorPage(code),
    facts: [
      isIncoming ? null : directed(isInbound ? 'to' : 'from', ours),
      MACHINES[said(event, 'AnsweredBy') ?? ''] ?? null,
      sip === null || sip < 400 ? null : `SIP ${sip}`,
      isIncoming ? callerPlace(event) : null,
      ...choices(event),
    ],
    facets: {
      author: isInbound ? (addressOf(said(event, 'From', 'Caller'))?.name ?? null) : null,
      conclusion: event.action,
    },
    ...idsOf(event, 'call', 'CallSid'),
  };
}

/** `from Oslo, NO` */
function callerPlace(event: TwilioEvent): string | null {
  const place = [said(event, 'FromCity'), said(event, 'FromCountry')].filter((part) => part !== null).join(', ');
  return place === '' ? null : `from ${place}`;
}

/** What callers typed or said. Digits may be a PIN: that they came is told, not which. */
function choices(event: TwilioEvent): readonly (string | null)[] {
  const speech = said(event, 'SpeechResult');
  const dialed = said(event, 'DialCallStatus');
  return [
    said(event, 'Digits') === null ? null : 'digits were typed',
    speech === null || looksSecret(speech) ? null : `said: ${cut(speech, 120)}`,
    dialed === null ? null : `dialed on: ${worded(dialed)}`,
  ];
}
