import { honestUrl } from '../../text/honest-url.ts';
import { isWord, oneLine } from '../../text/plain.ts';
import { clip } from './limits.ts';

/**
 * Slack's mrkdwn escapes three characters only (https://docs.slack.dev/messaging/formatting-message-text): with them
 * gone, user text can hold no `<!channel>`, no `<@U…>` and no link of its own.
 */
export function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** U+2060: takes no room, breaks no line, and is neither the space nor the punctuation that a formatting mark needs beside it. */
const WORD_JOINER = '\u2060';
const MARKS = /[*_~`]|@(?=(?:channel|here|everyone|all)\b)/gi;

/**
 * Formatting marks cannot be escaped, so those that could take effect get a word joiner on both sides: the letters stay
 * what they are. Inside a word (`snake_case`) no mark takes effect but the backtick. `@here` and its like are plain text
 * to Slack, yet a call to everybody at some compatible hosts.
 */
export function neutralise(text: string): string {
  return text.replace(MARKS, (mark, index: number) => {
    if (mark === '@') return mark + WORD_JOINER;
    const isInWord = mark !== '`' && isWord(text[index - 1]) && isWord(text[index + 1]);
    return isInWord ? mark : WORD_JOINER + mark + WORD_JOINER;
  });
}

/** One line of user text, harmless in mrkdwn, of at most `max` characters as sent. */
export function label(text: string, max: number): string {
  return clip(escapeText(neutralise(oneLine(text))), max);
}

/** One line of user text as inline code. */
export function code(text: string, max: number): string {
  const inside = clip(escapeText(oneLine(text).replaceAll('`', "'")), max);
  return inside === '' ? '' : `\`${inside}\``;
}

/** Characters; longer addresses are left out. */
export const URL_LIMIT = 1000;

/** An absolute http(s) URL that cannot end its link early, ready for mrkdwn; null when there is none to trust. */
export function safeUrl(url: string | null, max: number = URL_LIMIT): string | null {
  const honest = honestUrl(url, max);
  if (honest === null) return null;
  const text = honest.replace(/&/g, '&amp;');
  return text.length <= max ? text : null;
}

/** A link of `escapedLabel` (see `label`); the bare label where the URL is not to be trusted. */
export function link(url: string | null, escapedLabel: string, maxUrl?: number): string {
  const target = safeUrl(url, maxUrl);
  return target === null || escapedLabel === '' ? escapedLabel : `<${target}|${escapedLabel}>`;
}

/** For `image_url`: Slack refuses the whole message when it does not like one image, so only what is surely fine. */
export function imageUrl(url: string | null): string | null {
  if (url === null || url.length > 500 || !url.startsWith('https://') || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  return parsed.username === '' && parsed.hostname.includes('.') ? parsed.href : null;
}
