import type { Message } from '../../model/destination.ts';
import type { ShownBlock, ShownMessage, ShownRun } from '../../model/plugin/preview.ts';
import { tidy } from '../../text/shown/blocks.ts';
import type { Element, TextRun } from './card.ts';
import { render } from './render.ts';

/** What Teams makes of a message's card. */
export function shownAtTeams(message: Message): ShownMessage {
  const [{ content }] = render(message).attachments;
  const links = (content.actions ?? []).map(
    ({ title = 'Open', url }) => ({ kind: 'link', label: title, url }) as const,
  );
  return {
    author: 'Workflows',
    brief: null,
    color: null,
    blocks: [...content.body.flatMap((element) => shownBlocks(element, false)), ...links],
  };
}

function shownBlocks(element: Element, isWithin: boolean): readonly ShownBlock[] {
  switch (element.type) {
    case 'Container':
      return element.items.flatMap((item) => shownBlocks(item, true));
    case 'TextBlock':
      return [{ kind: 'text', runs: tidy(mentionRuns(element.text)) }];
    case 'RichTextBlock': {
      const isSmall = element.inlines.every(({ size }) => size === 'Small');
      return [{ kind: isWithin ? 'quote' : isSmall ? 'small' : 'text', runs: tidy(element.inlines.map(runOf)) }];
    }
  }
}

/** `→ <at>mona</at>, <at>lena k</at>` */
function mentionRuns(text: string): readonly ShownRun[] {
  return text
    .split(/(<at>[^<]*<\/at>)/)
    .map((piece) => (piece.startsWith('<at>') ? { text: piece.slice(4, -5), bold: true } : { text: piece }));
}

function runOf({ text, weight, italic, strikethrough, fontType, selectAction }: TextRun): ShownRun {
  return {
    text,
    ...(weight === 'Bolder' && { bold: true }),
    ...(italic && { italic: true }),
    ...(strikethrough && { struck: true }),
    ...(fontType === 'Monospace' && { code: true }),
    ...(selectAction !== undefined && { url: selectAction.url }),
  };
}
