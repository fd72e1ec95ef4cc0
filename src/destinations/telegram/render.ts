import type { Message } from '../../model/destination.ts';
import type { Mention } from '../../model/notification.ts';
import { REPEAT_LINE } from '../../text/as-repeat.ts';
import { cut, oneLine } from '../../text/plain.ts';
import type { ExcerptLine } from '../../text/story/excerpt.ts';
import type { Run } from '../../text/story/run.ts';
import { type Story, writeStory } from '../../text/story/story.ts';
import { escapeHtml, escapeText } from './escape.ts';

/** Characters after the markup is read: https://core.telegram.org/bots/api#sendmessage */
export const LIMIT = 4096;

/** More names than this are not read; those left out are counted. */
const SHOWN = 10;

/** Telegram's HTML. */
export function render(message: Message): string {
  return writeStory(message, write, (html) => visible(html) <= LIMIT);
}

function write({ isRepeat, mentions, top, small, excerpt, sections, rest }: Story): string {
  return [
    isRepeat ? `<i>${escapeText(REPEAT_LINE)}</i>` : '',
    callOut(mentions),
    runs(top),
    small && `<i>${escapeText(small)}</i>`,
    quoteOf(excerpt),
    ...sections.flatMap(({ heading, lines }) => [heading && `\n<b>${escapeText(heading)}</b>`, ...lines.map(runs)]),
    escapeText(rest),
  ]
    .filter(Boolean)
    .join('\n');
}

/** At least as many characters as Telegram counts. */
function visible(html: string): number {
  return html.replace(/<[^>]*>/g, '').replace(/&\w+;/g, '.').length;
}

function runs(all: readonly Run[]): string {
  return all.map(run).join('');
}

/** Nothing stands within code; all else may stand within a link. */
function run({ text, url, bold, italic, struck, code }: Run): string {
  if (code) return `<code>${escapeHtml(text)}</code>`;
  let html = escapeText(text);
  if (bold) html = `<b>${html}</b>`;
  if (italic) html = `<i>${html}</i>`;
  if (struck) html = `<s>${html}</s>`;
  return url === undefined ? html : `<a href="${escapeHtml(url)}">${html}</a>`;
}

/** All of it is a quote; quotes hold no others, so that one of somebody's wears a sign. */
function quoteOf(lines: readonly ExcerptLine[]): string {
  const written: string[] = [];
  let code: string[] = [];
  const endCode = () => {
    if (code.length > 0) written.push(`<pre>${code.join('\n')}</pre>`);
    code = [];
  };
  for (const { kind, isQuote, runs: all } of lines) {
    if (kind === 'code') code.push(escapeHtml(all.map(({ text }) => text).join('')));
    else {
      endCode();
      written.push((isQuote ? '&gt; ' : '') + runs(all));
    }
  }
  endCode();
  return written.length === 0 ? '' : `<blockquote>${written.join('\n')}</blockquote>`;
}

/** `→ @mona_l, lena-k`: only what is a name or a number of Telegram's is called. */
function callOut(mentions: readonly Mention[]): string {
  const tags = [...new Set(mentions.map(tag))].filter(Boolean);
  const more = tags.length > SHOWN ? ` and ${tags.length - SHOWN} more` : '';
  return tags.length === 0 ? '' : `→ ${tags.slice(0, SHOWN).join(', ')}${more}`;
}

function tag({ name, audience, ids: { telegram = '' } }: Mention): string {
  const shown = escapeText(cut(oneLine(name), 60));
  if (audience !== undefined) return shown;
  if (/^tg:\/\/user\?id=\d{5,15}$/.test(telegram)) return `<a href="${telegram}">${shown}</a>`;
  return /^@[A-Za-z]\w{3,31}$/.test(telegram) ? telegram : shown;
}
