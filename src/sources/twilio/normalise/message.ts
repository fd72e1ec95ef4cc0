import { looksSecret } from '../../../shared/secrets/secret-shapes.ts';
import { person, worded } from '../../../telling/parts.ts';
import type { Skip, Told } from '../../../telling/told.ts';
import { cut } from '../../../text/plain.ts';
import { counted } from '../../../text/words.ts';
import { addressOf, directed } from './address.ts';
import { errorCode, errorPage, errorWords, isKnown } from './errors.ts';
import { count, idsOf, said, type TwilioEvent } from './event.ts';

const LOGS = 'https://console.twilio.com/us1/monitor/logs/sms';

/** State → headline, what became of it, tone. */
const STATES: Readonly<Record<string, readonly [headline: string, became: string, tone: NonNullable<Told['tone']>]>> = {
  accepted: ['Message accepted', 'was accepted', 'neutral'],
  canceled: ['Message canceled', 'was canceled', 'neutral'],
  delivered: ['Message delivered', 'was delivered', 'good'],
  failed: ['Message failed', 'failed', 'bad'],
  partially_delivered: ['Message partly delivered', 'was delivered in part', 'bad'],
  queued: ['Message queued', 'is queued', 'neutral'],
  read: ['Message read', 'was read', 'good'],
  scheduled: ['Message scheduled', 'is scheduled', 'waiting'],
  sending: ['Message on its way', 'is on its way', 'neutral'],
  sent: ['Message sent', 'was sent', 'neutral'],
  undelivered: ['Message undelivered', 'was not delivered', 'bad'],
};

export function message(event: TwilioEvent): Told | Skip {
  return event.action === 'received' ? received(event) : status(event);
}

/** Somebody writes to a number of ours. */
function received(event: TwilioEvent): Told {
  const [from, to] = [addressOf(said(event, 'From')), addressOf(said(event, 'To'))];
  const body = said(event, 'Body');
  const name = said(event, 'ProfileName') ?? from?.name ?? null;
  const channel = from?.channel ?? to?.channel ?? null;
  const optOut = OPT_OUTS[said(event, 'OptOutType')?.toUpperCase() ?? ''];
  const number = to === null ? '' : ` ${to.name}`;
  return {
    headline: optOut?.[0] ?? 'Message received',
    did: optOut === undefined ? `texted${number || ' us'}` : `${optOut[1]}${to === null ? '' : ` from${number}`}`,
    tone: optOut === undefined ? 'opened' : 'neutral',
    noun: 'message',
    title: body === null ? (whatElse(event) ?? '') : '',
    // That somebody wrote STOP is said already.
    excerpt: optOut === undefined ? body : null,
    isSpoken: optOut === undefined && body !== null,
    by: person(name),
    url: LOGS,
    facts: [
      channel === null ? null : `on ${channel}`,
      name !== from?.name && from !== null ? `from ${from.name}` : null,
      body === null ? null : mediaOf(event),
      errorFact(event),
    ],
    facets: { author: from?.name ?? null },
    ...idsOf(event, 'message', 'MessageSid', 'SmsSid', 'SmsMessageSid'),
  };
}

/** What people may answer to be left alone, and to come back. */
const OPT_OUTS: Readonly<Record<string, readonly [headline: string, did: string]>> = {
  HELP: ['Help asked for', 'asked for help with messages'],
  START: ['Opted in to messages', 'opted in to messages'],
  STOP: ['Opted out of messages', 'opted out of messages'],
};

/** What became of one of ours. */
function status(event: TwilioEvent): Told {
  const { action } = event;
  const state = worded(action ?? 'changed');
  const known = Object.hasOwn(STATES, action ?? '') ? STATES[action ?? ''] : undefined;
  const [headline, became, tone] = known ?? [`Message ${state}`, `is ${state}`, 'neutral'];
  const [from, to] = [addressOf(said(event, 'From')), addressOf(said(event, 'To'))];
  const code = errorCode(said(event, 'ErrorCode'));
  return {
    headline,
    became,
    tone,
    noun: 'message',
    handle: ['Message', directed('to', to)].filter(Boolean).join(' '),
    title: code === null ? '' : errorWords(code),
    url: code === null ? LOGS : errorPage(code),
    facts: [
      errorFact(event),
      directed('from', from),
      to?.channel ? `on ${to.channel}` : null,
      // What the channel's own carrier said of it.
      reasonIn(event),
    ],
    facets: { conclusion: action },
    ...idsOf(event, 'message', 'MessageSid', 'SmsSid', 'SmsMessageSid'),
  };
}

function reasonIn(event: TwilioEvent): string | null {
  const reason = said(event, 'ChannelStatusMessage', 'ErrorMessage');
  return reason === null || looksSecret(reason) ? null : cut(reason, 120);
}

/** Beside words for it, by which number people look it up. */
function errorFact(event: TwilioEvent): string | null {
  const code = errorCode(said(event, 'ErrorCode'));
  return code !== null && isKnown(code) ? `error ${code}` : null;
}

/** A place, a contact card, a button, a voice message. */
function whatElse(event: TwilioEvent): string | null {
  const place = said(event, 'Latitude') === null ? null : 'a location';
  return said(event, 'ButtonText', 'Label', 'Address') ?? place ?? mediaOf(event);
}

function mediaOf(event: TwilioEvent): string | null {
  const media = count(event, 'NumMedia');
  return media === null || media === 0 ? null : counted(media, 'attachment');
}
