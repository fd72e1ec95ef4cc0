import { carried } from '../../../model/carried.ts';
import type { Message } from '../../../model/destination.ts';
import { messageKey } from '../../message-key.ts';
import { uuidOf } from '../../uuid.ts';

/** What is said of a post where machines look: `event_payload` holds its id alone, since whoever may read the channel reads it. */
export const EVENT_TYPES = { message: 'tidings_message', card: 'tidings_card' } as const;

/** Names of ours have UUIDs below it. */
const NAMESPACE = 'b9c1ea0c-7d0a-4c35-9f25-6c1ad0b6f5a3';

/**
 * The same at every try of one message, and of no other. What it tells is named by its events too: on SQLite a power cut may take
 * an attempt, and give the number of its notification to another one (Destination.mayForgetAttempts).
 */
export function messageId({ name, place }: { readonly name: string; readonly place: string }, message: Message) {
  const events = carried(message).map(({ eventId }) => eventId);
  return uuidOf(NAMESPACE, JSON.stringify(['message', messageKey(name, message), events, place]));
}

/** Of one of the messages that were begun for a card. */
export function cardId(
  { name, place }: { readonly name: string; readonly place: string },
  { thread, posts }: { readonly thread: string; readonly posts: number },
): string {
  return uuidOf(NAMESPACE, JSON.stringify(['card', name, place, thread, posts]));
}

/**
 * By what Slack knows one message that came twice, for some time (not a documented argument, though its answers are:
 * https://docs.slack.dev/reference/methods/chat.postMessage), and by what it is found again (https://docs.slack.dev/messaging/message-metadata).
 */
export function identified(kind: keyof typeof EVENT_TYPES, id: string) {
  return { client_msg_id: id, metadata: { event_type: EVENT_TYPES[kind], event_payload: { id } } };
}
