import { oneLine, wordsWithin } from '../plain.ts';
import { linesIn } from './lines.ts';
import { textOf, type WrittenLine } from './piece.ts';

/** A few lines fit wherever plain text is shown; more than this is not looked at. */
const READ = 3_000;

/** Markdown as at most `max` lines of plain text: marks and fences gone, links as their labels. */
export function plainLines(markdown: string, max: number): readonly string[] {
  const lines: string[] = [];
  for (const line of linesIn(markdown, READ)) {
    const text = oneLine(lineText(line));
    if (text !== '' && lines.push((line.quote > 0 ? '> ' : '') + text) === max) break;
  }
  return lines;
}

/** The first words of what somebody says, on one line of at most `max` characters; code only where there is nothing else. */
export function firstWords(markdown: string, max: number): string {
  let [words, code] = ['', ''];
  for (const line of linesIn(markdown, READ)) {
    if (line.kind === 'code') code += ` ${line.text}`;
    else words += ` ${lineText(line)}`;
    if (words.length > max || (words === '' && code.length > READ / 2)) break;
  }
  return wordsWithin(oneLine(words || code), max);
}

function lineText(line: WrittenLine): string {
  if (line.kind === 'code') return line.text;
  return `${line.bullet} ${line.pieces.map(textOf).join('')}`.trim();
}
