import { splitName } from '../../model/kind.ts';
import { boundedId } from '../../shared/bounded-id.ts';
import { type Payload, textOrNull } from '../../shared/payload.ts';
import { firstText } from '../../telling/parts.ts';

/** What a request is about, and how that stands. */
export interface Identity {
  readonly type: string;
  readonly action: string | null;
  /** Twilio's id of the thing, `SM…`, `CA…`. Null: it names none. */
  readonly sid: string | null;
  /** The thing has each of its states once, so that both together are the event. */
  readonly isOnce: boolean;
}

/** Where the id of a thing stands, where its state, and what a request without one is. In this order: many name the call too. */
const THINGS: readonly (readonly [
  type: string,
  sids: readonly string[],
  states: readonly string[],
  isOnce: boolean,
])[] = [
  ['recording', ['RecordingSid'], ['RecordingStatus'], true],
  ['transcription', ['TranscriptionSid'], ['TranscriptionStatus', 'TranscriptionEvent'], false],
  ['conference', ['ConferenceSid'], ['StatusCallbackEvent'], false],
  ['room', ['RoomSid'], ['StatusCallbackEvent'], false],
  ['fax', ['FaxSid'], ['FaxStatus', 'Status'], true],
  ['message', ['MessageSid', 'SmsSid', 'SmsMessageSid'], ['MessageStatus', 'SmsStatus'], true],
  ['call', ['CallSid'], ['CallStatus'], false],
];

/** The last that is heard of a call. */
const ENDED = new Set(['busy', 'canceled', 'completed', 'failed', 'no-answer']);

/** Events of Event Streams that are told as what status callbacks tell. */
const STREAMED: readonly (readonly [prefix: string, type: string])[] = [
  ['messaging.message.', 'message'],
  ['messaging.inbound-message.', 'message'],
  ['voice.status-callback.call.', 'call'],
];

export function identify(payload: Payload): Identity {
  const streamed = streamedOf(payload);
  if (streamed !== null) return streamed;
  const level = nameAt(payload, ['Level']);
  if (level !== null && firstText(payload, ['Payload', 'PayloadType']) !== null)
    return { type: 'debugger', action: level, sid: sidAt(payload, ['Sid']), isOnce: true };
  // Its messages have ids too.
  if (isConversation(payload)) return named(payload);
  for (const [type, sids, states, isOnce] of THINGS) {
    const sid = sidAt(payload, sids);
    const state = nameAt(payload, states);
    // The request that `<Record>` makes at its end is one of the call's.
    if (sid === null || (state === null && type !== 'message' && type !== 'call')) continue;
    const action = type === 'message' ? messageState(state) : state;
    return { type, action, sid, isOnce: type === 'call' ? isCallback(payload) : isOnce };
  }
  return named(payload);
}

/** Whether Twilio only tells how a call goes, and waits for no instructions. */
export function isCallback(payload: Payload): boolean {
  return textOrNull(payload, 'CallbackSource') !== null || ENDED.has(nameAt(payload, ['CallStatus']) ?? '');
}

/** Without a state it is one that has come in. */
function messageState(state: string | null): string {
  return state === null || state === 'receiving' ? 'received' : state;
}

/** CloudEvents: `com.twilio.messaging.message.delivered`. */
function streamedOf(payload: Payload): Identity | null {
  const name =
    textOrNull(payload, 'specversion') === null ? null : nameAt(payload, ['type'])?.replace(/^com\.twilio\./, '');
  if (name === null || name === undefined) return null;
  const sid = sidAt(payload, ['id']);
  const like = STREAMED.find(([prefix]) => name.startsWith(prefix));
  if (like !== undefined) return { type: like[1], action: name.slice(like[0].length), sid, isOnce: true };
  if (name === 'error-logs.error.logged')
    return { type: 'debugger', action: nameAt(payload, ['data.level']) ?? 'error', sid, isOnce: true };
  return { ...splitName(name), sid, isOnce: true };
}

/** `onMessageAdded` and the like, within a conversation. */
function isConversation(payload: Payload): boolean {
  const name = nameAt(payload, ['EventType']) ?? '';
  return /^on[A-Z]/.test(name) && sidAt(payload, ['ConversationSid', 'ChannelSid']) !== null;
}

/** By what it calls itself: Conversations, TaskRouter, Verify. `request`: it does not say. */
function named(payload: Payload): Identity {
  const name = nameAt(payload, ['EventType', 'event_type', 'eventType', 'StatusCallbackEvent', 'type', 'event']);
  const sid = sidAt(payload, ['EventSid', 'ConversationSid', 'ChannelSid', 'Sid', 'sid', 'id']);
  if (name === null) return { type: 'request', action: null, sid, isOnce: false };
  return isConversation(payload)
    ? { type: 'conversation', action: name, sid, isOnce: false }
    : { ...splitName(name), sid, isOnce: false };
}

/** `onMessageAdded`, `no-answer`: as rules write it. */
function nameAt(payload: Payload, paths: readonly string[]): string | null {
  const name = firstText(payload, paths)?.trim() ?? '';
  if (!/^[\w-]+(?:\.[\w-]+)*$/.test(name) || !/[a-z\d]/i.test(name) || name.length > 100) return null;
  return /^[A-Z-]+$/.test(name) ? name.toLowerCase() : name;
}

function sidAt(payload: Payload, paths: readonly string[]): string | null {
  const sid = boundedId(firstText(payload, paths));
  return sid !== null && /^[\w-]{1,100}$/.test(sid) ? sid : null;
}
