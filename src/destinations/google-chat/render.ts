import type { Message } from '../../model/destination.ts';
import type { Mention } from '../../model/notification.ts';
import { REPEAT_LINE } from '../../text/as-repeat.ts';
import { escapedHtml } from '../../text/escaped-html.ts';
import { cut, oneLine } from '../../text/plain.ts';
import type { ExcerptLine } from '../../text/story/excerpt.ts';
import type { Run } from '../../text/story/run.ts';
import { type Story, writeStory } from '../../text/story/story.ts';
import { unmarked } from './escape.ts';

/** What we use of a message: https://developers.google.com/workspace/chat/api/reference/rest/v1/spaces.messages */
export interface ChatMessage {
  /** Whom it calls: in a card nobody can be. */
  readonly text?: string;
  readonly cardsV2: readonly [{ readonly cardId: 'tidings'; readonly card: { readonly sections: readonly Section[] } }];
}

interface Section {
  readonly widgets: readonly { readonly textParagraph: { readonly text: string } }[];
}

/** Bytes of a message, cards and all: https://developers.google.com/workspace/chat/api/reference/rest/v1/spaces.messages; some stay for the thread. */
const LIMIT = 31_000;
/** More names than this are not read; those left out are counted. */
const SHOWN = 10;
const GRAY = '#5f6368';

export function render(message: Message): ChatMessage {
  return writeStory(message, write, (written) => Buffer.byteLength(JSON.stringify(written)) <= LIMIT);
}

function write({ isRepeat, mentions, top, small, excerpt, sections, rest }: Story): ChatMessage {
  const text = callOut(mentions);
  const head = [isRepeat ? `<i>${escapedHtml(REPEAT_LINE)}</i>` : '', runs(top), gray(small)]
    .filter(Boolean)
    .join('<br>');
  const parts = [
    [head, excerpt.map(excerptLine).join('<br>')],
    ...sections.map(({ heading, lines }) => [
      [heading && `<b>${escapedHtml(heading)}</b>`, ...lines.map(runs)].filter(Boolean).join('<br>'),
    ]),
    [gray(rest)],
  ];
  return { ...(text && { text }), ...cardOf(parts) };
}

/** Texts in a card's HTML, by sections. Empty ones are left out. */
export function cardOf(parts: readonly (readonly string[])[]): Pick<ChatMessage, 'cardsV2'> {
  const sections = parts
    .map((texts) => ({ widgets: texts.filter(Boolean).map((text) => ({ textParagraph: { text } })) }))
    .filter(({ widgets }) => widgets.length > 0);
  return { cardsV2: [{ cardId: 'tidings', card: { sections } }] };
}

function gray(text: string): string {
  return text && `<font color="${GRAY}">${escapedHtml(text)}</font>`;
}

function excerptLine({ isQuote, runs: all }: ExcerptLine): string {
  return (isQuote ? '&gt; ' : '') + runs(all);
}

function runs(all: readonly Run[]): string {
  return all.map(run).join('');
}

function run({ text, url, bold, italic, struck, code }: Run): string {
  if (code) return `\`${escapedHtml(text)}\``;
  let html = escapedHtml(text);
  if (bold) html = `<b>${html}</b>`;
  if (italic) html = `<i>${html}</i>`;
  if (struck) html = `<s>${html}</s>`;
  return url === undefined ? html : `<a href="${escapedHtml(url)}">${html}</a>`;
}

/** `→ <users/123>, <users/all>, lena-k`: only who has a number, and a rule's word for everybody, is called. */
function callOut(mentions: readonly Mention[]): string {
  const tags = [...new Set(mentions.map(tag))].filter(Boolean);
  const more = tags.length > SHOWN ? ` and ${tags.length - SHOWN} more` : '';
  return tags.length === 0 ? '' : `→ ${tags.slice(0, SHOWN).join(', ')}${more}`;
}

function tag({ name, audience, ids }: Mention): string {
  const [, user] = /^users\/(\d{5,30})$/.exec(ids['google-chat'] ?? '') ?? [];
  if (audience !== undefined) return '<users/all>';
  return user === undefined ? unmarked(cut(oneLine(name), 60)) : `<users/${user}>`;
}
