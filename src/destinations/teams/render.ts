import type { Message } from '../../model/destination.ts';
import { REPEAT_LINE } from '../../text/as-repeat.ts';
import type { ExcerptLine } from '../../text/story/excerpt.ts';
import type { Run } from '../../text/story/run.ts';
import { type Story, writeStory } from '../../text/story/story.ts';
import {
  type Element,
  LIMIT,
  messageOf,
  type OpenUrl,
  type RichTextBlock,
  type TeamsMessage,
  type TextRun,
} from './card.ts';
import { callOut } from './mentions.ts';

export function render(message: Message): TeamsMessage {
  return writeStory(message, write, (written) => Buffer.byteLength(JSON.stringify(written)) <= LIMIT);
}

function write({ isRepeat, mentions, top, small, excerpt, sections, rest }: Story): TeamsMessage {
  const { called, entities, named } = callOut(mentions);
  const quoted = excerpt.flatMap(excerptBlock);
  const body: readonly Element[] = [
    ...(isRepeat ? block([{ text: REPEAT_LINE, italic: true }]) : []),
    ...(called ? [{ type: 'TextBlock', text: called, wrap: true } as const] : []),
    ...block([{ text: named }]),
    ...block(top),
    ...subtle(small),
    ...(quoted.length > 0 ? [{ type: 'Container', style: 'emphasis', items: quoted } as const] : []),
    ...sections.flatMap(({ heading, lines }) => [
      ...block([{ text: heading, bold: true }], 'Medium'),
      ...lines.flatMap((line) => block(line, 'Small')),
    ]),
    ...subtle(rest),
  ];
  // In a text, a link is small on a telephone.
  const url = sections.length === 0 ? top.findLast((run) => run.url !== undefined && run.bold)?.url : undefined;
  return messageOf({ body, entities, actions: url === undefined ? [] : [{ ...openUrl(url), title: 'Open' }] });
}

/** None where there is nothing to read: Teams shows no card that has an empty one. */
function block(runs: readonly Run[], spacing: RichTextBlock['spacing'] = 'Small'): readonly RichTextBlock[] {
  const inlines = runs.filter(({ text }) => text !== '').map(textRun);
  return inlines.length === 0 ? [] : [{ type: 'RichTextBlock', inlines, spacing }];
}

function subtle(text: string): readonly RichTextBlock[] {
  if (text === '') return [];
  return [
    { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text, isSubtle: true, size: 'Small' }], spacing: 'None' },
  ];
}

function excerptBlock({ kind, isQuote, runs }: ExcerptLine): readonly RichTextBlock[] {
  const all = kind === 'code' ? runs.map((run) => ({ ...run, code: true })) : runs;
  return block(isQuote ? [{ text: '> ' }, ...all] : all, 'None');
}

function textRun({ text, url, bold, italic, struck, code }: Run): TextRun {
  return {
    type: 'TextRun',
    text,
    ...(bold && { weight: 'Bolder' }),
    ...(italic && { italic: true }),
    ...(struck && { strikethrough: true }),
    ...(code && { fontType: 'Monospace' }),
    ...(url !== undefined && { selectAction: openUrl(url) }),
  };
}

function openUrl(url: string): OpenUrl {
  return { type: 'Action.OpenUrl', url };
}
