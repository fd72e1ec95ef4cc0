import { columnsOf } from '../shared/terminal/columns.ts';
import type { Output } from './cli-io.ts';

/** What could steer a terminal, or reorder its text: everything but colours, line breaks and tabs. */
const ESCAPE = String.fromCharCode(0x1b);
const STEERING = new RegExp(String.raw`(?!\n|\t|${ESCAPE}\[[\d;]*m)[\p{Cc}\p{Bidi_Control}]`, 'gu');

/**
 * Text of one or more lines as this output shows it. Who reads a pipe or a file has a width of their own, and gets every byte.
 * Text from outside is cleaned (`oneLine`) where it is put into lines; nothing that was forgotten there passes here.
 */
export function foldFor({ isTTY, columns }: Pick<Output, 'isTTY' | 'columns'>, text: string): string {
  return isTTY ? text.replaceAll(STEERING, '').replaceAll(/^.+$/gm, (line) => fold(line, columns)) : text;
}

/**
 * A line as a terminal of `width` columns shows it without breaking a word. Two spaces and more divide it: what begins in its
 * left half is a column, below which the rest goes on; what begins further right gets a line of its own. A word that is
 * wider stays whole: half an address cannot be opened.
 */
export function fold(line: string, width: number): string {
  if (columnsOf(line) <= width) return line;
  const start = Math.min(/^ */.exec(line)?.[0].length ?? 0, Math.floor(width / 3));
  const text = ' '.repeat(start) + line.trimStart();
  const end = columnEnd(text, width / 2);
  const indent = columnsOf(text.slice(0, end));
  const [first = '', ...rest] = text.slice(end).split(/ {2,}/);
  const below = indent > start ? indent : start + 2;
  return [
    text.slice(0, end) + filled(first, width - indent).join(`\n${' '.repeat(indent)}`),
    ...rest.flatMap((piece) => filled(piece, width - below)).map((each) => ' '.repeat(below) + each),
  ].join('\n');
}

/** Where the last column within `most` begins. */
function columnEnd(text: string, most: number): number {
  const ends = [...text.matchAll(/^ +| {2,}/g)].map((gap) => gap.index + gap[0].length);
  return ends.findLast((at) => columnsOf(text.slice(0, at)) <= most) ?? 0;
}

function filled(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && columnsOf(`${last} ${word}`) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
