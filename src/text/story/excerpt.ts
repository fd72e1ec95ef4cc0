import { linesIn } from '../markdown/lines.ts';
import { imageLabel, type Mark, type Piece, type WrittenLine } from '../markdown/piece.ts';
import { cut, wordsWithin } from '../plain.ts';
import type { Run } from './run.ts';

export interface ExcerptLine {
  readonly kind: 'text' | 'code';
  readonly isQuote: boolean;
  readonly runs: readonly Run[];
}

/** What is said of Markdown where there are no marks: at most `shown` characters in at most `lines` lines. Linear in what is read. */
export function excerptLines(markdown: string, shown: number, lines: number): readonly ExcerptLine[] {
  const excerpt: ExcerptLine[] = [];
  let left = shown;
  for (const line of linesIn(markdown, 4 * shown)) {
    const last = excerpt.at(-1);
    if (left <= 0 || excerpt.length === lines) {
      if (last && !last.runs.at(-1)?.text.endsWith('…'))
        excerpt[excerpt.length - 1] = { ...last, runs: [...last.runs, { text: ' …' }] };
      break;
    }
    const runs = taken(runsOf(line), left);
    left -= runs.reduce((sum, { text }) => sum + text.length, 0);
    if (runs.at(-1)?.text.endsWith('…')) left = 0;
    excerpt.push({ kind: line.kind === 'code' ? 'code' : 'text', isQuote: line.quote > 0, runs });
  }
  return excerpt;
}

function runsOf(line: WrittenLine): readonly Run[] {
  if (line.kind === 'code') return [{ text: line.text }];
  const { bullet, indent, pieces, kind } = line;
  const item = '  '.repeat(indent) + (bullet && `${bullet} `);
  const open: Mark[] = kind === 'heading' ? ['*'] : [];
  const runs: Run[] = item === '' ? [] : [{ text: item }];
  for (const piece of pieces) {
    if (piece.kind !== 'mark') runs.push(runOf(piece, open));
    else if (piece.opens) open.push(piece.mark);
    else open.pop();
  }
  return runs.filter(({ text }) => text !== '');
}

function runOf(piece: Exclude<Piece, { kind: 'mark' }>, open: readonly Mark[]): Run {
  if (piece.kind === 'code') return { text: piece.text, code: true };
  const text = piece.kind === 'image' ? imageLabel(piece.text) : piece.text;
  return {
    text,
    ...(open.includes('*') && { bold: true }),
    ...(open.includes('_') && { italic: true }),
    ...(open.includes('~') && { struck: true }),
    ...(piece.kind !== 'words' && { url: piece.url }),
  };
}

/** What fits. Of a link that does not, only words are left: half a label could hide where it goes. */
function taken(runs: readonly Run[], max: number): readonly Run[] {
  const fits: Run[] = [];
  let left = max;
  for (const run of runs) {
    if (run.text.length <= left) fits.push(run);
    else {
      const { url: _, ...rest } = run;
      fits.push({
        ...rest,
        text: run.code ? cut(run.text, Math.max(1, left)) : wordsWithin(run.text, Math.max(1, left)),
      });
      break;
    }
    left -= run.text.length;
  }
  return fits;
}
