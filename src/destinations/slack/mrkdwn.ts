import type { Mark, Piece } from '../../text/inline.ts';
import { type Line, parseMarkdown } from '../../text/markdown.ts';
import { escapeText, neutralise } from './escape.ts';
import { clip } from './limits.ts';

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
  // Far more than can be shown is not even looked at.
  return writeLines(parseMarkdown(markdown, 8 * options.length), options);
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
  const url = escapeText(piece.url);
  const overhead = url.length + 3;
  const text = escapeText(neutralise(piece.text));
  // A link is shown as a whole or not as one: half a label could hide where it goes.
  if (text.length > room.shown || overhead + text.length > room.length) return takeText(text, room);
  room.length -= overhead;
  return `<${url}|${takeText(text, room)}>`;
}
