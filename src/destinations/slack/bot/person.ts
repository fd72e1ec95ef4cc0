import type { Message } from '../../../model/destination.ts';
import type { Mention } from '../../../model/notification.ts';
import { isMemberId } from '../shapes.ts';

export const NOBODY = 'it names nobody who is known at Slack: people in tidings.yaml says who is who';

/** Whoever is told directly is the one whom it mentions. */
export function personIn(message: Message): Mention | null {
  return message.kind === 'single' ? (message.notification.mentions[0] ?? null) : null;
}

export function memberIdOf({ ids }: Mention): string | null {
  const id = ids['slack'] ?? '';
  return isMemberId(id) ? id : null;
}

/** The member who is told directly. Null: nobody is known. */
export function memberIn(message: Message): string | null {
  const person = personIn(message);
  return person && memberIdOf(person);
}

/** Nobody need be called in a message of their own. */
export function uncalled(message: Message): Message {
  return message.kind === 'single' ? { ...message, notification: { ...message.notification, mentions: [] } } : message;
}
