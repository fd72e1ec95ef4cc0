import type { Audience } from '../../../model/notification.ts';
import { honestUrl } from '../../../text/honest-url.ts';
import type { Dialect } from '../../../text/markdown/write.ts';
import { isWord, oneLine } from '../../../text/plain.ts';
import type { Foreign } from './flavor.ts';

/** How one of them writes what Markdown says. */
export interface Markup {
  readonly dialect: Dialect;
  /** A rule's words for everybody. */
  readonly everybody: Readonly<Record<Audience, string>>;
  /** Beside an attachment `text` is shown too, and calls: else whom a message calls stands within the attachment. */
  readonly showsText: boolean;
}

/** U+2060: nobody sees it. No name begins with it. */
const JOINER = '\u2060';

/** All of Markdown; `@` cannot be escaped. `<url|text>` and `<!channel>` are translated before it is read, wherever they stand. */
function backslashed(text: string): string {
  return text
    .replace(/[\\*_~`#+\-.!|>[\](){}]/g, String.raw`\$&`)
    .replace(/[&<]/g, (character) => (character === '&' ? '&amp;' : '&lt;'))
    .replaceAll('@', `@${JOINER}`);
}

const LIKE: Readonly<Record<string, string>> = { '*': '∗', _: 'ˍ', '~': '∼', '`': "'", '<': '‹' };

/**
 * Where nothing can be escaped: a mark that could act becomes a sign that looks like it, and what acts in pairs is parted. Within a word
 * (`snake_case`) a mark is none.
 */
function disarmed(text: string): string {
  return text
    .replace(/[*_~`<]/g, (mark, at: number) =>
      mark === '_' && isWord(text[at - 1]) && isWord(text[at + 1]) ? mark : (LIKE[mark] ?? mark),
    )
    .replace(/@|\](?=\()|\|(?=\|)|\$(?=\$)|\\(?=[([\]])|!(?=\[)/g, `$&${JOINER}`);
}

/** For where no Markdown is read, but names and Slack's links are. */
export function asPlain(text: string): string {
  return text.replaceAll('@', `@${JOINER}`).replaceAll('<', '‹');
}

/** Written text in at most `max` characters, `…` included; never between what is escaped and its escape, nor within a code point. */
export function clip(written: string, max: number): string {
  if (written.length <= max) return written;
  let kept = '';
  for (const [unit] of written.slice(0, max + 4).matchAll(/\\[^]|&(?:amp|lt);|[^]/gu)) {
    if (kept.length + unit.length > max - 1) break;
    kept += unit;
  }
  return `${kept.trimEnd()}…`;
}

/** Brackets that are not escaped would end a label, or begin one within it. */
function inLabel(written: string): string {
  return written.replace(/(?<!\\)[[\]]/g, (bracket) => (bracket === '[' ? '(' : ')'));
}

function dialect(words: (text: string) => string, marks: Dialect['marks']): Dialect {
  return {
    marks,
    quote: '> ',
    words,
    code: (text) => text.replaceAll('`', "'"),
    codeLine: (text) => text.replaceAll('```', "'''"),
    link: (url, label) =>
      `[${inLabel(label)}](${url.replace(/[()\\*_]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)})`,
    clip,
  };
}

export const MARKUPS: Readonly<Record<Foreign, Markup>> = {
  // https://docs.mattermost.com/collaborate/format-messages.html
  mattermost: {
    dialect: dialect(backslashed, { '*': '**', _: '*', '~': '~~' }),
    everybody: { here: '@here', channel: '@channel' },
    showsText: true,
  },
  // https://github.com/RocketChat/Rocket.Chat/blob/develop/packages/message-parser/src/grammar.pegjs
  rocketchat: {
    dialect: dialect(disarmed, { '*': '*', _: '_', '~': '~' }),
    everybody: { here: '@here', channel: '@all' },
    showsText: true,
  },
  // Slack's marks: it makes its own of them. https://github.com/zulip/zulip/blob/main/zerver/webhooks/slack_incoming/view.py
  zulip: {
    dialect: dialect(disarmed, { '*': '*', _: '_', '~': '~~' }),
    everybody: { here: '@*all*', channel: '@*all*' },
    showsText: false,
  },
};

/** One line of user text, harmless, of at most `max` characters as sent. */
export function label({ dialect }: Markup, text: string, max: number): string {
  return clip(dialect.words(oneLine(text)), max);
}

/** A link of a label that is written already; the bare label where the address is not to be trusted. */
export function link({ dialect }: Markup, url: string | null, written: string, maxUrl: number): string {
  const honest = honestUrl(url, maxUrl);
  return honest === null || written === '' ? written : dialect.link(honest, written);
}
