import { escapedHtml } from '../escaped-html.ts';
import { linesIn } from './lines.ts';
import { imageLabel, type Mark, type Piece, type WrittenLine } from './piece.ts';

/** As long as an excerpt is. */
const READ = 3_000;

const TAGS: Readonly<Record<Mark, string>> = { '*': 'b', _: 'i', '~': 's' };

/**
 * Markdown as HTML for a page or an e-mail: p, br, b, i, s, code, pre, ul, ol, li, blockquote, and links to addresses that can be
 * trusted. All that others wrote is escaped; nothing is loaded from anywhere: a picture is a link to it. Reads 3,000 characters.
 */
export function htmlOf(markdown: string): string {
  const writer = new HtmlWriter();
  for (const line of linesIn(markdown, READ)) writer.line(line);
  return writer.end();
}

class HtmlWriter {
  #html = '';
  #quotes = 0;
  #inCode = false;
  /** The lists that are open, each with an open item. */
  readonly #lists: ('ul' | 'ol')[] = [];

  line(line: WrittenLine): void {
    if (this.#inCode && line.kind !== 'code') this.#endCode();
    if (line.quote !== this.#quotes) this.#toQuote(line.quote);
    if (line.kind === 'code') return this.#code(line);
    const { bullet, indent, kind } = line;
    const text = kind === 'heading' ? `<b>${inline(line.pieces)}</b>` : inline(line.pieces);
    if (bullet !== '') return this.#item(bullet, indent, text);
    this.#closeLists(indent);
    this.#html += this.#lists.length > 0 ? `<br>${text}` : `<p>${text}</p>`;
  }

  end(): string {
    if (this.#inCode) this.#endCode();
    this.#toQuote(0);
    return this.#html;
  }

  #code({ text, indent }: WrittenLine & { readonly kind: 'code' }): void {
    if (!this.#inCode) {
      this.#closeLists(indent);
      this.#html += '<pre><code>';
      this.#inCode = true;
    }
    this.#html += `${escapedHtml(text)}\n`;
  }

  #endCode(): void {
    this.#html += '</code></pre>';
    this.#inCode = false;
  }

  #item(bullet: string, indent: number, text: string): void {
    const list = /^\d/.test(bullet) ? 'ol' : 'ul';
    this.#closeLists(indent + 1);
    const isNext = this.#lists.length === indent + 1;
    if (isNext && this.#lists.at(-1) === list) this.#html += '</li>';
    else {
      this.#closeLists(indent);
      const start = Number.parseInt(bullet, 10);
      this.#html += list === 'ol' && start !== 1 ? `<ol start="${start}">` : `<${list}>`;
      this.#lists.push(list);
    }
    this.#html += `<li>${bullet === '•' || list === 'ol' ? '' : `${bullet} `}${text}`;
  }

  #closeLists(depth: number): void {
    while (this.#lists.length > depth) this.#html += `</li></${this.#lists.pop()}>`;
  }

  #toQuote(depth: number): void {
    this.#closeLists(0);
    for (; this.#quotes < depth; this.#quotes++) this.#html += '<blockquote>';
    for (; this.#quotes > depth; this.#quotes--) this.#html += '</blockquote>';
  }
}

function inline(pieces: readonly Piece[]): string {
  const open: Mark[] = [];
  let html = '';
  for (const piece of pieces) {
    if (piece.kind !== 'mark') html += pieceHtml(piece);
    else if (piece.opens) {
      open.push(piece.mark);
      html += `<${TAGS[piece.mark]}>`;
    } else {
      const mark = open.pop();
      if (mark !== undefined) html += `</${TAGS[mark]}>`;
    }
  }
  return (
    html +
    open
      .toReversed()
      .map((mark) => `</${TAGS[mark]}>`)
      .join('')
  );
}

function pieceHtml(piece: Exclude<Piece, { kind: 'mark' }>): string {
  switch (piece.kind) {
    case 'words':
      return escapedHtml(piece.text);
    case 'code':
      return `<code>${escapedHtml(piece.text)}</code>`;
    case 'link':
      return anchor(piece.url, piece.text);
    case 'image':
      return anchor(piece.url, imageLabel(piece.text));
  }
}

function anchor(url: string, text: string): string {
  return `<a href="${escapedHtml(url)}" rel="nofollow noreferrer">${escapedHtml(text)}</a>`;
}
