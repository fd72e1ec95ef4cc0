import type { Message } from '../model/destination.ts';
import { asRepeat } from './as-repeat.ts';
import { groupAlike, summary } from './groups.ts';
import { sentence } from './sentence.ts';

/**
 * What a message says in one line of plain text: `mona opened issue #12 in acme/api: …`, `3 stars in acme/api`; where it may have
 * arrived before, `Possible repeat: 3 stars in acme/api`.
 */
export function describe(message: Message): string {
  const said =
    message.kind === 'single' ? sentence(message.notification.activity) : summary(groupAlike(message.notifications));
  return message.maybeRepeated ? asRepeat(said) : said;
}
