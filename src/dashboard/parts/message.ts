import { html } from 'hono/html';
import type { MessagePreview } from '../../http/api/answers/preview.ts';
import { type Html, theirs, visible } from './html.ts';
import { safeUrl } from './link.ts';

type Block = MessagePreview['blocks'][number];
type Run = Extract<Block, { readonly runs: unknown }>['runs'][number];

/** About how a message looks where it is read. Pictures are never fetched: their words stand for them. */
export function message({ author, color, blocks, place, brief }: MessagePreview): Html {
  return html`<div class="message">
    ${author === null ? '' : html`<p class="author"><span class="face" aria-hidden="true">${theirs(author.slice(0, 1))}</span><strong>${theirs(author)}</strong> <span class="app">App</span></p>`}
    <div class="blocks">${color === null ? '' : colorBar(color)}<div class="inside">${blocks.map(block)}</div></div>
    ${brief === null ? '' : html`<p class="brief"><span class="muted">As a notification</span> ${theirs(brief)}</p>`}
    <p class="unseen">as in ${visible(place)}</p>
  </div>`;
}

/** The page may carry no style of its own, but a drawing may say its colour. */
function colorBar(color: string): Html {
  if (!/^#[0-9a-f]{3,8}$/i.test(color)) return html``;
  return html`<svg class="bar" width="4" height="100%" aria-hidden="true"><rect width="4" height="100%" rx="2" fill="${color}"/></svg>`;
}

function block(each: Block): Html {
  switch (each.kind) {
    case 'text':
      return html`<p>${each.runs.map(run)}</p>`;
    case 'small':
      return html`<p class="small">${each.runs.map(run)}</p>`;
    case 'quote':
      return html`<blockquote>${each.runs.map(run)}</blockquote>`;
    case 'code':
      return html`<pre tabindex="0" aria-label="What is sent"><code>${visible(each.text)}</code></pre>`;
    case 'fields':
      return html`<dl class="fields">${each.fields.map(({ name, value }) => html`<div><dt>${theirs(name)}</dt><dd>${value.map(run)}</dd></div>`)}</dl>`;
    case 'image':
      return html`<p class="image">▨ ${theirs(each.alt)}</p>`;
    case 'link':
      return html`<p>${link(each)}</p>`;
    case 'rule':
      return html`<hr />`;
  }
}

function link({ label, url }: Extract<Block, { readonly kind: 'link' }>): Html {
  const href = safeUrl(url);
  if (href === null) return html`<span class="button">${theirs(label)}</span>`;
  return html`<a class="button" href="${href}" rel="noreferrer noopener" target="_blank">${theirs(label)}</a>`;
}

/** Marks of a text from the inside out. */
function run({ text, bold, italic, struck, code, url }: Run): Html {
  let shown: Html = theirs(text);
  if (code) shown = html`<code>${shown}</code>`;
  if (struck) shown = html`<s>${shown}</s>`;
  if (italic) shown = html`<em>${shown}</em>`;
  if (bold) shown = html`<strong>${shown}</strong>`;
  const href = safeUrl(url);
  return href === null ? shown : html`<a href="${href}" rel="noreferrer noopener" target="_blank">${shown}</a>`;
}
