import { plain, withoutComments } from '../plain.ts';
import { escapeText, neutralise } from './escape.ts';
import { type Mark, type Piece, parseInline } from './inline.ts';
import { clip } from './limits.ts';

type Line = { readonly kind: 'text' | 'heading' | 'quote'; readonly pieces: readonly Piece[] } | CodeLine;
type CodeLine = { readonly kind: 'code'; readonly text: string };

export interface MrkdwnOptions {
  /** Characters people see: a link counts as its label. */
  readonly shown: number;
  /** Characters as sent. */
  readonly length: number;
  /** Lines, blank ones not counted. */
  readonly lines: number;
  /** Every line that is not code becomes a quote. */
  readonly quoted: boolean;
}

/**
 * GitHub Markdown as compact Slack mrkdwn: links, emphasis, lists, quotes and fenced code are kept; headings become bold,
 * images links, table rows plain lines; comments, tags, rules and blank lines go. Linear in the length of the input,
 * never longer than asked, and every mark that it opens it closes.
 */
export function mrkdwn(markdown: string, options: MrkdwnOptions): string {
  // Far more than can be shown is not even looked at; the cut may leave half a pair behind.
  const input = withoutComments(plain(markdown))
    .slice(0, 8 * options.length)
    .replace(/\p{Cs}$/u, '');
  return writeLines(dropEmptyHeadings(parseLines(input)), options);
}

const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const HEADING = /^ {0,3}#{1,6}[ \t]+(.*)$/;
const QUOTE = /^ {0,3}>[> ]{0,20}/;
const ITEM = /^([ \t]{0,16})(?:[-*+]|(\d{1,9}[.)]))[ \t]+(\[[ xX]\][ \t]+)?/;
const RULE = /^[ \t]*(?:[-_*=][ \t]*){3,}$/;
const TABLE_RULE = /^[ \t|:-]*$/;
const REFERENCE = /^ {0,3}\[[^\]]{1,200}\]:[ \t]/;

function parseLines(markdown: string): readonly Line[] {
  const lines: Line[] = [];
  let fence: string | null = null;
  for (const line of markdown.split('\n')) {
    const mark = FENCE.exec(line)?.[1];
    if (fence !== null) {
      if (mark !== undefined && mark[0] === fence[0] && mark.length >= fence.length) fence = null;
      else lines.push({ kind: 'code', text: line });
    } else if (mark !== undefined) fence = mark;
    else {
      const parsed = parseLine(line);
      if (parsed) lines.push(parsed);
    }
  }
  return lines;
}

function parseLine(line: string): Line | null {
  if (line.trim() === '' || REFERENCE.test(line) || isRule(line)) return null;
  const heading = HEADING.exec(line)?.[1];
  if (heading !== undefined) return toLine('heading', withoutTail(heading));
  const quote = QUOTE.exec(line)?.[0];
  if (quote !== undefined) return toLine('quote', line.slice(quote.length));
  const item = ITEM.exec(line);
  if (item) {
    const [all, indent = '', number, task] = item;
    const bullet = task ? (task[1] === ' ' ? '☐' : '☑') : (number ?? '•');
    const pieces = parseInline(line.slice(all.length));
    return {
      kind: 'text',
      pieces: [{ kind: 'words', text: `${'  '.repeat(indent.length >> 1)}${bullet} ` }, ...pieces],
    };
  }
  const row = line.trim();
  if (row.startsWith('|') && row.endsWith('|') && row.length > 1) return toLine('text', cells(row));
  return toLine('text', line);
}

/** The closing `##` of a heading; a pattern for it would be quadratic. */
function withoutTail(heading: string): string {
  let end = heading.length;
  while (end > 0 && '# \t'.includes(heading[end - 1] ?? '')) end--;
  return heading.slice(0, end);
}

function toLine(kind: 'text' | 'heading' | 'quote', text: string): Line | null {
  const pieces = parseInline(text.trim());
  return pieces.some((piece) => piece.kind !== 'words' || piece.text.trim() !== '') ? { kind, pieces } : null;
}

/** Longer lines are no rules, whatever they consist of: this keeps the patterns cheap. */
function isRule(line: string): boolean {
  if (line.length > 200) return false;
  return RULE.test(line) || (TABLE_RULE.test(line) && line.includes('|') && line.includes('-'));
}

function cells(row: string): string {
  return row
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim())
    .filter(Boolean)
    .join(' · ');
}

/** Templates leave headings behind with nothing under them; one at the very top only repeats the title. */
function dropEmptyHeadings(lines: readonly Line[]): readonly Line[] {
  const kept = lines.filter((line, index) => {
    if (line.kind !== 'heading') return true;
    const next = lines[index + 1];
    return index > 0 && next !== undefined && next.kind !== 'heading';
  });
  return kept.length > 0 ? kept : lines;
}

function writeLines(lines: readonly Line[], options: MrkdwnOptions): string {
  const room: Room = { shown: options.shown, length: options.length };
  const written: string[] = [];
  let inCode = false;
  let isCut = false;
  for (const [index, line] of lines.entries()) {
    // Room for this line's own signs: a quote's `>`, a line break, and the fence that has to be closed.
    room.length -= 12;
    isCut = index >= options.lines || room.shown <= 0 || room.length <= 0;
    if (isCut) break;
    if ((line.kind === 'code') !== inCode) {
      written.push('```');
      inCode = !inCode;
    }
    if (line.kind === 'code') written.push(writeCodeLine(line.text, room));
    else written.push((options.quoted || line.kind === 'quote' ? '>' : '') + writeLine(line.pieces, line.kind, room));
  }
  if (inCode) written.push('```');
  else if (isCut && written.length > 0 && !written.at(-1)?.endsWith('…')) written.push(`${written.pop() ?? ''} …`);
  return written.join('\n');
}

type Room = { shown: number; length: number };

function writeCodeLine(text: string, room: Room): string {
  return takeText(escapeText(text.replaceAll('```', "'''")), room);
}

/** Takes what fits of `escaped` from the room. */
function takeText(escaped: string, room: Room): string {
  const clipped = clip(escaped, Math.max(1, Math.min(room.shown, room.length)));
  room.shown -= clipped.length;
  room.length -= clipped.length;
  return clipped;
}

function writeLine(pieces: readonly Piece[], kind: Line['kind'], room: Room): string {
  let text = kind === 'heading' ? '*' : '';
  // Slack knows no bold within bold: a mark that is open already is remembered but not written again.
  const open: { readonly mark: Mark; readonly isWritten: boolean }[] = [];
  if (kind === 'heading') open.push({ mark: '*', isWritten: true });
  const close = (): string => {
    const last = open.pop();
    return last?.isWritten ? last.mark : '';
  };
  for (const piece of pieces) {
    if (room.shown <= 0 || room.length <= 0) {
      if (!text.endsWith('…')) text += '…';
      break;
    }
    if (piece.kind !== 'mark') text += writePiece(piece, room);
    else if (piece.opens) {
      const isWritten = !open.some(({ mark }) => mark === piece.mark);
      open.push({ mark: piece.mark, isWritten });
      if (isWritten) text += piece.mark;
      room.length -= 2;
    } else text += close();
  }
  while (open.length > 0) text += close();
  return text;
}

function writePiece(piece: Exclude<Piece, { kind: 'mark' }>, room: Room): string {
  if (piece.kind === 'words') return takeText(escapeText(neutralise(piece.text)), room);
  if (piece.kind === 'code') {
    const inside = takeText(escapeText(piece.text.replaceAll('`', "'")), room);
    room.length -= 2;
    return inside.trim() === '' ? '' : `\`${inside}\``;
  }
  const overhead = piece.url.length + 3;
  const text = escapeText(neutralise(piece.text));
  // A link is shown as a whole or not as one: half a label could hide where it goes.
  if (text.length > room.shown || overhead + text.length > room.length) return takeText(text, room);
  room.length -= overhead;
  return `<${piece.url}|${takeText(text, room)}>`;
}
