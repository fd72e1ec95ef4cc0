import { plain } from '../plain.ts';
import { type Block, blocksIn } from './blocks.ts';
import { withoutComments } from './comments.ts';
import { parseInline } from './inline.ts';
import { type References, referencesIn } from './links.ts';
import type { Break, Mark, Piece, WrittenLine } from './piece.ts';

/**
 * GitHub Markdown as lines, for whoever shows an excerpt: comments, rules, definitions, badges, blank lines and headings with
 * nothing under them are gone. Of at most `length` characters only what is asked for is read, in time linear to that.
 */
export function* linesIn(markdown: string, length: number): Generator<WrittenLine> {
  // The cut may leave half a pair behind.
  const input = withoutComments(plain(markdown.slice(0, 4 * length)))
    .slice(0, length)
    .replace(/[\ud800-\udbff]$/, '');
  const references = referencesIn(input);
  let headings: WrittenLine[] = [];
  let isEmpty = true;
  for (const block of blocksIn(input)) {
    for (const line of linesOf(block, references)) {
      // Templates leave headings behind with nothing under them.
      if (line.kind === 'heading') headings.push(line);
      else {
        yield* headings.slice(-1);
        yield line;
        headings = [];
        isEmpty = false;
      }
    }
  }
  if (isEmpty) yield* headings;
}

function linesOf({ kind, text, bullet, quote, indent }: Block, references: References): readonly WrittenLine[] {
  if (kind === 'code') return [{ kind, text, quote, indent }];
  const pieces = parseInline(text, { references, isHtml: kind === 'html' });
  const lines = splitLines(pieces);
  const lineKind = kind === 'heading' ? 'heading' : 'text';
  return lines.map((each, index) => {
    const isFirst = index === 0;
    const deeper = isFirst || bullet === '' ? indent : indent + 1;
    return { kind: lineKind, pieces: each, bullet: isFirst ? bullet : '', quote, indent: deeper };
  });
}

/** Marks within each other that go on from one line to the next. */
const DEPTH = 4;

/** What is marked over the end of a line is marked on both: whoever writes a line closes what it leaves open. */
function splitLines(pieces: readonly (Piece | Break)[]): readonly (readonly Piece[])[] {
  const lines: Piece[][] = [[]];
  const open: Mark[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'break') lines.push(open.slice(-DEPTH).map((mark) => ({ kind: 'mark', mark, opens: true })));
    else {
      if (piece.kind === 'mark' && piece.opens) open.push(piece.mark);
      else if (piece.kind === 'mark') open.pop();
      lines.at(-1)?.push(piece);
    }
  }
  return lines.map(trimmed).filter(isSomething);
}

function trimmed(pieces: readonly Piece[]): readonly Piece[] {
  const first = pieces.findIndex(({ kind }) => kind !== 'mark');
  const last = pieces.findLastIndex(({ kind }) => kind !== 'mark');
  return pieces.map((piece, index) => {
    if (piece.kind !== 'words') return piece;
    const spaced = piece.text.includes('  ') ? piece.text.replace(/ {2,}/g, ' ') : piece.text;
    const text = index === first ? spaced.trimStart() : spaced;
    return { ...piece, text: index === last ? text.trimEnd() : text };
  });
}

function isSomething(pieces: readonly Piece[]): boolean {
  return pieces.some((piece) => piece.kind !== 'mark' && (piece.kind !== 'words' || piece.text.trim() !== ''));
}
