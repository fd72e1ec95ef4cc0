import type { ContextBlock, KnownBlock } from '@slack/types';
import { saidIn } from '../../model/carried.ts';
import type { Message } from '../../model/destination.ts';
import type { ShownBlock, ShownMessage } from '../../model/plugin/preview.ts';
import { textOf } from '../../text/shown/blocks.ts';
import { markedBlocks, markedRuns, type Reading } from '../../text/shown/marked.ts';
import type { SlackMessage } from './render.ts';

/** What Slack makes of a message's blocks. */
export function shownAtSlack(message: Message, { text, blocks }: SlackMessage): ShownMessage {
  const reading = readingOf(message);
  return {
    author: 'Tidings',
    brief: textOf(markedRuns(text, reading)),
    color: null,
    blocks: blocks.flatMap((block) => shownBlocks(block, reading)),
  };
}

function readingOf(message: Message): Reading {
  const called = new Map<string, string>([
    ['<!here>', '@here'],
    ['<!channel>', '@channel'],
  ]);
  for (const { name, ids } of saidIn(message).flatMap(({ mentions }) => mentions)) {
    const id = ids['slack'];
    if (id === undefined) continue;
    called.set(`<@${id}>`, `@${name}`).set(`<!subteam^${id}>`, `@${name}`);
  }
  return {
    marks: { '*': '*', _: '_', '~': '~' },
    quote: '>',
    links: 'angled',
    escapes: false,
    entities: 'everywhere',
    called,
  };
}

function shownBlocks(block: KnownBlock, reading: Reading): readonly ShownBlock[] {
  switch (block.type) {
    case 'section':
      return block.text === undefined ? [] : markedBlocks(block.text.text, reading);
    case 'context':
      return smallOf(block, reading);
    case 'image':
      return [{ kind: 'image', alt: block.alt_text }];
    case 'divider':
      return [{ kind: 'rule' }];
    default:
      return [];
  }
}

/** The picture beside it is of whoever is named. */
function smallOf({ elements }: ContextBlock, reading: Reading): readonly ShownBlock[] {
  return elements.flatMap((element) =>
    element.type === 'image' ? [] : [{ kind: 'small', runs: markedRuns(element.text, reading) } as const],
  );
}
