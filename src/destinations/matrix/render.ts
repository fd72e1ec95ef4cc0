import type { Message } from '../../model/destination.ts';
import type { ExcerptLine } from '../../text/story/excerpt.ts';
import { type Run, textOfRuns } from '../../text/story/run.ts';
import { type Story, writeStory } from '../../text/story/story.ts';
import { escapeHtml, inert, mayLink } from './escape.ts';
import { callOut } from './mentions.ts';

/** What we use of https://spec.matrix.org/latest/client-server-api/#mroommessage */
export interface MatrixContent {
  /** Rings nobody's phone by itself, and no other bot answers it. */
  readonly msgtype: 'm.notice';
  readonly body: string;
  readonly format: 'org.matrix.custom.html';
  readonly formatted_body: string;
  /** In every message: without it a name in anybody's text calls whoever has it. */
  readonly 'm.mentions': { readonly user_ids?: readonly string[]; readonly room?: true };
  readonly 'm.relates_to'?: object;
}

/** Bytes of the content; an event has 65,536 with all that the server adds: https://spec.matrix.org/latest/client-server-api/#size-limits */
const LIMIT = 60_000;

/** The same for each try: nothing says that it may have arrived before, for the server takes one content by one key. */
export function render(message: Message): MatrixContent {
  return writeStory(message, write, (written) => Buffer.byteLength(JSON.stringify(written)) <= LIMIT);
}

function write(story: Story): MatrixContent {
  const { text, html, mentions } = callOut(story.mentions);
  return {
    msgtype: 'm.notice',
    body: plainOf(story, text),
    format: 'org.matrix.custom.html',
    formatted_body: htmlOf(story, html),
    'm.mentions': mentions,
  };
}

/** For clients without HTML, and for notifications. */
function plainOf({ top, small, excerpt, sections, rest }: Story, called: string): string {
  const lines = [
    called,
    textOfRuns(top),
    small,
    ...excerpt.map(({ runs: all, isQuote }) => `> ${isQuote ? '> ' : ''}${textOfRuns(all)}`),
    ...sections.flatMap(({ heading, lines }) => [heading, ...lines.map(textOfRuns)]),
    rest,
  ];
  return inert(lines.filter(Boolean).join('\n'));
}

function htmlOf({ top, small, excerpt, sections, rest }: Story, called: string): string {
  const head = [called, runs(top), small && `<i>${escapeHtml(small)}</i>`];
  const parts = sections.map(({ heading, lines }) =>
    paragraph([heading && `<b>${escapeHtml(heading)}</b>`, ...lines.map(runs)]),
  );
  return [paragraph(head), quoteOf(excerpt), ...parts, paragraph([escapeHtml(rest)])].join('');
}

function paragraph(lines: readonly string[]): string {
  const filled = lines.filter(Boolean);
  return filled.length === 0 ? '' : `<p>${filled.join('<br>')}</p>`;
}

function quoteOf(lines: readonly ExcerptLine[]): string {
  let html = '';
  let isCode = false;
  for (const [index, { kind, isQuote, runs: all }] of lines.entries()) {
    if (kind === 'code') {
      html += (isCode ? '' : '<pre><code>') + escapeHtml(`${textOfRuns(all)}\n`);
      isCode = true;
    } else {
      html += isCode ? '</code></pre>' : index > 0 ? '<br>' : '';
      html += (isQuote ? '&gt; ' : '') + runs(all);
      isCode = false;
    }
  }
  return html === '' ? '' : `<blockquote>${html}${isCode ? '</code></pre>' : ''}</blockquote>`;
}

function runs(all: readonly Run[]): string {
  return all.map(run).join('');
}

function run({ text, url, bold, italic, struck, code }: Run): string {
  let html = escapeHtml(text);
  if (code) return `<code>${html}</code>`;
  if (bold) html = `<b>${html}</b>`;
  if (italic) html = `<i>${html}</i>`;
  if (struck) html = `<del>${html}</del>`;
  return url === undefined || !mayLink(url)
    ? html
    : `<a href="${url.replaceAll('&', '&amp;').replaceAll('"', '%22')}">${html}</a>`;
}
