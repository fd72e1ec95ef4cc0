import { wordsWithin } from '../plain.ts';

/** A construct that the end of the text cuts in two: `[the gui`, `` `npm ru ``. */
const HALF_LINK = /!?\[[^\][\n]{0,300}(?:\](?:\([^()\n]{0,1000})?)?$/;

/** Markdown in at most `max` characters, `…` included: cut behind a paragraph or a line where one ends late enough, else a word. */
export function cutMarkdown(markdown: string, max: number): string {
  if (markdown.length <= max) return markdown;
  const room = max - CLOSING.length;
  const whole = markdown.slice(0, room);
  const end = [whole.lastIndexOf('\n\n'), whole.lastIndexOf('\n')].find((at) => at > room / 2);
  if (end === undefined) return withoutHalves(wordsWithin(markdown, room).slice(0, -1));
  const kept = whole.slice(0, end).trimEnd();
  return `${kept}\n${fenceLeft(kept) ? '…\n```' : '…'}`;
}

const CLOSING = '\n…\n```';

function withoutHalves(text: string): string {
  const from = text.lastIndexOf('\n') + 1;
  const line = text.slice(from).replace(HALF_LINK, '');
  const hasOddTicks = line.split('`').length % 2 === 0;
  const kept = hasOddTicks ? line.slice(0, line.lastIndexOf('`')) : line;
  return `${text.slice(0, from)}${kept.trimEnd()}…`;
}

function fenceLeft(text: string): boolean {
  return (text.match(/^ {0,3}(?:```|~~~)/gm)?.length ?? 0) % 2 === 1;
}
