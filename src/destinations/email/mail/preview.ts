import type { ShownBlock, ShownMessage, ShownRun } from '../../../model/plugin/preview.ts';
import { REPEAT_LINE } from '../../../text/as-repeat.ts';
import { hostOf } from '../../../text/honest-url.ts';
import { htmlOf } from '../../../text/markdown/write-html.ts';
import { tidy } from '../../../text/shown/blocks.ts';
import { htmlBlocks } from '../../../text/shown/html.ts';
import type { Sorting } from './headers.ts';
import { COLORS, type Foot } from './html.ts';
import type { Letter, Section } from './letter-parts.ts';

/** A mail as programs show it: from the parts that its HTML is written of. */
export function shownLetter(letter: Letter, { subject, fromName }: Sorting, foot: Foot): ShownMessage {
  const { tone, heading, called, excerpt, sections, small, url, maybeRepeated } = letter;
  const blocks: readonly (ShownBlock | false)[] = [
    maybeRepeated && smallBlock(REPEAT_LINE),
    { kind: 'text', runs: tidy(heading.map((run) => ({ ...run, bold: true }))) },
    called !== '' && smallBlock(`For ${called}`),
    ...htmlBlocks(htmlOf(excerpt)),
    ...sections.map(sectionBlock),
    small !== '' && smallBlock(small),
    url !== null && { kind: 'link', label: `Open at ${hostOf(url)}`, url },
    { kind: 'rule' },
    smallBlock(foot.words),
  ];
  return { author: fromName, brief: subject, color: COLORS[tone], blocks: blocks.filter((block) => block !== false) };
}

function smallBlock(text: string): ShownBlock {
  return { kind: 'small', runs: [{ text }] };
}

function sectionBlock({ heading, items, more }: Section): ShownBlock {
  const lines: readonly (readonly ShownRun[])[] = [
    ...(heading === '' ? [] : [[{ text: heading, bold: true }]]),
    ...(items.length === 1 ? items : items.map((item) => [{ text: '• ' }, ...item])),
    ...(more === '' ? [] : [[{ text: more }]]),
  ];
  return { kind: 'text', runs: tidy(lines.flatMap((line, at) => (at > 0 ? [{ text: '\n' }, ...line] : line))) };
}
