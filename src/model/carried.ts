import type { Message } from './destination.ts';
import type { Notification } from './notification.ts';

/** What a message says: of a burst the one that it is told for. */
export function saidIn(message: Message): readonly Notification[] {
  return message.kind === 'single' ? [message.notification] : message.notifications;
}

/** What it carries, oldest first; never empty: of a burst the others, too. */
export function carried(message: Message): readonly Notification[] {
  return message.kind === 'single' ? [...(message.others ?? []), message.notification] : message.notifications;
}
