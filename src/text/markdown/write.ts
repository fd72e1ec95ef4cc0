import { wordsWithin } from '../plain.ts';
import { linesIn } from './lines.ts';
import { imageLabel, type Mark, type Piece, type WrittenLine } from './piece.ts';

/** How a chat writes what Markdown says. Inline code, fences and line breaks are everywhere the same. */
export interface Dialect {
  /** What opens and closes bold (`*`), italic (`_`) and struck text (`~`). */
  readonly marks: Readonly<Record<Mark, string>>;
  /** What a quoted line begins with. */
  readonly quote: string;
  /** User text that formats nothing, calls nobody and links nowhere. */
  words(text: string): string;
  /** The inside of inline code: no backtick is left in it. */
  code(text: string): string;
  /** A line within a fence: nothing in it ends the fence. */
  codeLine(text: string): string;
  /** A link to an address of `honestUrl`; the label is written already. */
  link(url: string, label: string): string;
  /** Written text in at most `max` characters, `…` included, cut where it may be. */
  clip(written: string, max: number): string;
}

export interface ExcerptLimits {
  /** Characters people see: a link counts as its label. */
  readonly shown: number;
  /** Characters as sent. */
  readonly length: number;
  /** Lines, blank ones not counted. */
  readonly lines: number;
  /** Every line that is not code becomes a quote; what was one before wears a sign of its own. */
  readonly quoted: boolean;
}

/**
 * Markdown, compact and in a chat's dialect: links, emphasis, lists, quotes and fenced code are kept; headings become bold,
 * images links, table rows plain lines; comments, tags, rules and blank lines go. Linear in the length of the input,
 * never longer than asked, cut at a word, and every mark that it opens it closes.
 */
export function writeMarkdown(markdown: string, dialect: Dialect, limits: ExcerptLimits): string {
  // Far more than can be shown is not even looked at.
  const left = { dialect, limits, shown: limits.shown, length: limits.length };
  return writeLines(linesIn(markdown, 8 * limits.length), left);
}

/** What is left of the limits. */
interface Left {
  readonly dialect: Dialect;
  readonly limits: ExcerptLimits;
  shown: number;
  length: number;
}

function writeLines(lines: Iterable<WrittenLine>, left: Left): string {
  const { dialect, limits } = left;
  // This line's own signs: a quote's, a heading's, a line break, and the fence that has to be closed.
  const signs = 8 + 4 * dialect.marks['*'].length;
  const written: string[] = [];
  let inCode = false;
  let isCut = false;
  let count = 0;
  for (const line of lines) {
    left.length -= signs;
    isCut = count++ >= limits.lines || left.shown <= 0 || left.length <= 0;
    if (isCut) break;
    if ((line.kind === 'code') !== inCode) {
      written.push('```');
      inCode = !inCode;
    }
    written.push(line.kind === 'code' ? takeText(dialect.codeLine(line.text), left) : writeLine(line, left));
  }
  if (inCode) written.push('```');
  else if (isCut && written.length > 0 && !saysMore(written.at(-1))) written.push(`${written.pop() ?? ''} …`);
  return written.join('\n');
}

/** Takes what fits of `written` from what is left: nothing is, where that is not all. */
function takeText(written: string, left: Left): string {
  const clipped = left.dialect.clip(written, roomIn(left));
  left.shown = clipped === written ? left.shown - clipped.length : 0;
  left.length -= clipped.length;
  return clipped;
}

/** The same for user text, cut between two words. */
function takeWords(text: string, left: Left): string {
  const room = roomIn(left);
  let fits = wordsWithin(text, room);
  let written = left.dialect.words(fits);
  // What is escaped grows: as much less is taken.
  for (let size = room; written.length > room && size > 1; written = left.dialect.words(fits)) {
    size = Math.max(1, Math.min(size - 1, Math.floor((fits.length * room) / written.length)));
    fits = wordsWithin(text, size);
  }
  const taken = takeText(written, left);
  if (fits !== text) left.shown = 0;
  return taken;
}

function roomIn({ shown, length }: Left): number {
  return Math.max(1, Math.min(shown, length));
}

/** Whether `…` is the last that is to be read. */
function saysMore(written: string | undefined): boolean {
  return written !== undefined && /…[*_~`>)]{0,6}$/.test(written);
}

function writeLine(
  { kind, pieces, bullet, quote, indent }: Exclude<WrittenLine, { kind: 'code' }>,
  left: Left,
): string {
  const { marks } = left.dialect;
  let text = prefix({ bullet, quote, indent }, left);
  if (kind === 'heading') text += marks['*'];
  // No chat knows bold within bold: a mark that is open already is remembered but not written again.
  const open: { readonly mark: Mark; readonly isWritten: boolean }[] = [];
  if (kind === 'heading') open.push({ mark: '*', isWritten: true });
  const close = (): string => {
    const last = open.pop();
    return last?.isWritten ? marks[last.mark] : '';
  };
  for (const piece of pieces) {
    if (left.shown <= 0 || left.length <= 0) {
      if (!saysMore(text)) text += '…';
      break;
    }
    if (piece.kind !== 'mark') text += writePiece(piece, left);
    else if (piece.opens) {
      const isWritten = !open.some(({ mark }) => mark === piece.mark);
      open.push({ mark: piece.mark, isWritten });
      if (isWritten) text += marks[piece.mark];
      left.length -= 2 * marks[piece.mark].length;
    } else text += close();
  }
  while (open.length > 0) text += close();
  return text;
}

/** What a line begins with: the sign of a quote, and how deep in which list it stands. */
function prefix(
  { bullet, quote, indent }: Pick<WrittenLine, 'quote' | 'indent'> & { bullet: string },
  left: Left,
): string {
  const { dialect, limits } = left;
  const isQuote = limits.quoted || quote > 0;
  const within = limits.quoted && quote > 0 ? '> ' : '';
  const item = bullet === '' && indent === 0 ? '' : `${'  '.repeat(indent)}${bullet}${bullet && ' '}`;
  return (isQuote ? dialect.quote : '') + (within + item === '' ? '' : takeText(dialect.words(within + item), left));
}

function writePiece(piece: Exclude<Piece, { kind: 'mark' }>, left: Left): string {
  const { dialect } = left;
  if (piece.kind === 'words') return takeWords(piece.text, left);
  if (piece.kind === 'code') {
    const inside = takeText(dialect.code(piece.text), left);
    left.length -= 2;
    return inside.trim() === '' ? '' : `\`${inside}\``;
  }
  const label = piece.kind === 'image' ? imageLabel(piece.text) : piece.text;
  const overhead = dialect.link(piece.url, '').length;
  const text = dialect.words(label);
  // A link is shown as a whole or not as one: half a label could hide where it goes.
  if (text.length > left.shown || overhead + text.length > left.length) return takeWords(label, left);
  left.length -= overhead;
  return dialect.link(piece.url, takeText(text, left));
}
