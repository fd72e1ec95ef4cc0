import type { Message } from '../model/destination.ts';
import { groupAlike, summary } from './groups.ts';
import { sentence } from './sentence.ts';

/** What a message says in one line of plain text: `mona opened issue #12 in acme/api: …`, `3 stars in acme/api`. */
export function describe(message: Message): string {
  return message.kind === 'single'
    ? sentence(message.notification.activity)
    : summary(groupAlike(message.notifications));
}
