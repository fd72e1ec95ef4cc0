import { kindOf } from '../../../model/kind.ts';
import { bodyOrNull, textOrNull } from '../../../shared/payload.ts';
import { looksSecret } from '../../../shared/secrets/secret-shapes.ts';
import { generic } from '../../../telling/generic.ts';
import { firstText, idAt, person, worded } from '../../../telling/parts.ts';
import { type Skip, type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { duration } from '../../../text/duration.ts';
import { capitalised } from '../../../text/words.ts';
import { addressOf } from './address.ts';
import { errorCode, errorPage, errorWords, isKnown } from './errors.ts';
import { count, said, type TwilioEvent } from './event.ts';

const RECORDING: WordTable = {
  absent: ['Nothing recorded', 'neutral'],
  completed: ['Recording ready', 'good'],
  failed: ['Recording failed', 'bad'],
  'in-progress': ['Recording started'],
};

/** The address of a recording needs a login, and is not shown. */
export function recording(event: TwilioEvent): Told {
  const words = wordsOf(RECORDING, event.action) ?? { headline: `Recording ${worded(event.action ?? 'changed')}` };
  const seconds = count(event, 'RecordingDuration');
  return {
    ...words,
    noun: 'recording',
    title: event.action !== 'completed' || seconds === null || seconds === 0 ? '' : duration(seconds * 1000),
    url: 'https://console.twilio.com/us1/monitor/logs/call-recordings',
    thread: callThread(event),
  };
}

export function transcription(event: TwilioEvent): Told {
  const state = (event.action ?? 'changed').replace(/^transcription-/, '');
  return {
    headline: `Transcription ${worded(state)}`,
    tone: /fail|error/.test(state) ? 'bad' : 'neutral',
    noun: 'transcription',
    title: '',
    excerpt: said(event, 'TranscriptionText'),
    thread: callThread(event),
  };
}

const CONFERENCE: WordTable = {
  'announcement-end': ['Announcement ended'],
  'announcement-fail': ['Announcement failed', 'bad'],
  'conference-end': ['Conference ended', 'done'],
  'conference-record-end': ['Recording of the conference ended'],
  'conference-start': ['Conference started', 'opened'],
  'participant-hold': ['Participant put on hold'],
  'participant-join': ['Somebody joined the conference'],
  'participant-leave': ['Somebody left the conference'],
  'participant-modify': ['Participant changed'],
  'participant-mute': ['Participant muted'],
  'participant-speech-start': ['Somebody began to speak'],
  'participant-speech-stop': ['Somebody stopped speaking'],
  'participant-unhold': ['Participant taken off hold'],
  'participant-unmute': ['Participant unmuted'],
  'room-created': ['Room opened', 'opened'],
  'room-ended': ['Room closed', 'done'],
  'participant-connected': ['Somebody joined the room'],
  'participant-disconnected': ['Somebody left the room'],
};

/** A conference on the phone, or a room with video. */
export function conference(event: TwilioEvent): Told {
  const words = wordsOf(CONFERENCE, event.action) ?? {
    headline: capitalised(worded(event.action ?? `${event.type} changed`)),
  };
  return {
    ...words,
    noun: event.type,
    title: said(event, 'FriendlyName', 'RoomName') ?? '',
    facts: [
      said(event, 'ParticipantLabel', 'ParticipantIdentity'),
      said(event, 'ReasonConferenceEnded')?.replaceAll('-', ' ') ?? null,
    ],
    thread: event.sid === null ? null : `${event.type} ${event.sid}`,
  };
}

const CONVERSATION: WordTable = {
  onConversationAdded: ['Conversation started', 'opened', 'started a conversation'],
  onConversationRemoved: ['Conversation deleted'],
  onConversationStateUpdated: ['Conversation state changed'],
  onConversationUpdated: ['Conversation changed'],
  onDeliveryUpdated: ['Delivery state changed'],
  onMessageAdded: ['Message received', 'opened', 'wrote in a conversation'],
  onMessageRemoved: ['Message deleted'],
  onMessageUpdated: ['Message edited'],
  onParticipantAdded: ['Somebody joined a conversation', 'neutral', 'joined a conversation'],
  onParticipantRemoved: ['Somebody left a conversation', 'neutral', 'left a conversation'],
  onParticipantUpdated: ['Participant changed'],
};

export function conversation(event: TwilioEvent): Told {
  const words = wordsOf(CONVERSATION, event.action) ?? {
    headline: `Conversation: ${worded(event.action ?? 'changed')}`,
    did: null,
  };
  if (event.action === 'onDeliveryUpdated') return delivery(event);
  const body = said(event, 'Body');
  const author = addressOf(said(event, 'Author', 'MessagingBinding.Address', 'Identity'));
  return {
    ...words,
    noun: 'conversation',
    title: said(event, 'FriendlyName') ?? '',
    excerpt: body,
    isSpoken: body !== null && event.action === 'onMessageAdded',
    // Who wrote what is changed now is not who changes it.
    by: words.did === null ? null : person(author?.name ?? null),
    thread: event.sid === null ? null : `conversation ${event.sid}`,
  };
}

const UNDELIVERED: ReadonlySet<string> = new Set(['failed', 'undelivered']);

/** Whether what somebody wrote in a conversation reached the others. */
function delivery(event: TwilioEvent): Told {
  const status = said(event, 'Status')?.toLowerCase() ?? null;
  const isBad = status !== null && UNDELIVERED.has(status);
  const code = errorCode(said(event, 'ErrorCode'));
  return {
    headline: isBad ? 'Message in a conversation not delivered' : 'Delivery state changed',
    tone: isBad ? 'bad' : 'neutral',
    noun: 'conversation',
    title: isBad && code !== null ? errorWords(code) : '',
    url: code === null ? null : errorPage(code),
    facts: [isBad ? (code !== null && isKnown(code) ? `error ${code}` : null) : status],
    isMinor: !isBad,
    sum: isBad
      ? { noun: ['message in a conversation', 'messages in conversations'], part: 'not delivered', alone: null }
      : null,
    thread: event.sid === null ? null : `conversation ${event.sid}`,
  };
}

/** An error or a warning of the account: most are about the customer's own servers. */
export function debuggerEvent(event: TwilioEvent): Told {
  const payload = bodyOrNull(Buffer.from(said(event, 'Payload') ?? '')) ?? event.at;
  const code = errorCode(idAt(payload, 'error_code') ?? idAt(payload, 'ErrorCode'));
  const level =
    event.action === 'warning' || event.action === 'notice' || event.action === 'info' ? event.action : 'error';
  const message = shown(
    firstText(payload, ['more_info.Msg', 'more_info.msg', 'more_info.parserMessage', 'Msg', 'ErrorMessage']),
  );
  const product = shown(firstText(payload, ['ProductName', 'product_name']));
  const title =
    code !== null && isKnown(code) ? errorWords(code) : (message ?? (code === null ? '' : errorWords(code)));
  return {
    headline: `Twilio ${level}`,
    tone: level === 'error' ? 'bad' : level === 'warning' ? 'waiting' : 'neutral',
    noun: 'error',
    title,
    url: code === null ? 'https://console.twilio.com/us1/monitor/logs/debugger/errors' : errorPage(code),
    facts: [
      code === null || title === `error ${code}` ? null : `error ${code}`,
      message === title ? null : message,
      product,
    ],
    facets: { severity: level === 'error' ? 'high' : level === 'warning' ? 'medium' : 'low' },
  };
}

/** Whatever Twilio adds: by its name and the fields that it has. */
export function other({ type, action, at }: TwilioEvent): Told | Skip {
  const told = generic({ name: kindOf(type, action), action, payload: withLowerNames(at) });
  return { ...told, headline: type === 'request' ? 'Twilio called' : told.headline, handle: null };
}

/** `FriendlyName` → `friendly_name`, so that it is found. SIDs are nobody's names. */
function withLowerNames(at: TwilioEvent['at']): object {
  const named = Object.entries(at).filter(([name]) => !/sid$|^id$/i.test(name));
  return Object.fromEntries(
    named.map(([name, value]) => [
      name
        .replace(/([a-z])([A-Z])/g, '$1_$2')
        .toLowerCase()
        .replace(/^friendly_name$/, 'name'),
      value,
    ]),
  );
}

function callThread(event: TwilioEvent): string | null {
  const sid = textOrNull(event.at, 'CallSid');
  return sid === null ? null : `call ${sid.slice(0, 100)}`;
}

function shown(text: string | null): string | null {
  return text === null || looksSecret(text) ? null : text.slice(0, 300);
}
