import * as z from 'zod/mini';
import type { Key } from '../model/plugin/plugin.ts';

/** `thread` of a destination that has threads. `becomes`: what is said of later news, as in `a reply to the message before`. */
export function threadSetting(becomes: string, isUsual = true): Key {
  return {
    value: z._default(z.boolean(), isUsual),
    without: `\`${isUsual}\``,
    text: `Whether later news about one issue, pull request, incident or payment is ${becomes}; else each is a message of its own. A rule may say it [otherwise](rules.md#one-conversation).`,
  };
}
