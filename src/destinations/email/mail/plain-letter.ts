import { REPEAT_LINE } from '../../../text/as-repeat.ts';
import { plainLines } from '../../../text/markdown/write-plain.ts';
import { textOfRuns } from '../../../text/story/run.ts';
import type { Foot } from './html.ts';
import type { Letter, Section } from './letter-parts.ts';

const EXCERPT_LINES = 60;

/** The same for programs that show no HTML, and for those who read none. */
export function plainLetter(letter: Letter, foot: Foot): string {
  const { heading, called, excerpt, sections, small, url, maybeRepeated } = letter;
  const paragraphs = [
    maybeRepeated && REPEAT_LINE,
    textOfRuns(heading),
    called && `For ${called}`,
    plainLines(excerpt, EXCERPT_LINES).join('\n'),
    ...sections.map(section),
    small,
    url,
    `-- \n${foot.words}\nUnsubscribe: ${foot.unsubscribe}`,
  ];
  return `${paragraphs.filter(Boolean).join('\n\n')}\n`;
}

function section({ heading, items, more }: Section): string {
  const lines = items.length === 1 ? items.map(textOfRuns) : items.map((item) => `• ${textOfRuns(item)}`);
  return [heading, ...lines, more].filter(Boolean).join('\n');
}
