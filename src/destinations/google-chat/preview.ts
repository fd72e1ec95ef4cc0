import { saidIn } from '../../model/carried.ts';
import type { Message } from '../../model/destination.ts';
import type { ShownMessage, ShownRun } from '../../model/plugin/preview.ts';
import { tidy } from '../../text/shown/blocks.ts';
import { htmlBlocks } from '../../text/shown/html.ts';
import { render } from './render.ts';

/** What Google Chat makes of a message's card. */
export function shownAtGoogleChat(message: Message): ShownMessage {
  const { text, cardsV2 } = render(message);
  const called = text === undefined ? [] : tidy(calledRuns(text, message));
  return {
    author: 'Tidings',
    brief: null,
    color: null,
    blocks: [
      ...(called.length > 0 ? [{ kind: 'text', runs: called } as const] : []),
      ...cardsV2[0].card.sections.flatMap(({ widgets }, index) => [
        ...(index > 0 ? [{ kind: 'rule' } as const] : []),
        ...widgets.flatMap(({ textParagraph }) => htmlBlocks(textParagraph.text)),
      ]),
    ],
  };
}

function calledRuns(text: string, message: Message): readonly ShownRun[] {
  const mentions = saidIn(message).flatMap((each) => each.mentions);
  const names = new Map(mentions.map(({ name, ids }) => [`<${ids['google-chat'] ?? ''}>`, `@${name}`]));
  names.set('<users/all>', '@all');
  return text
    .split(/(<users\/\w+>)/)
    .map((piece) => (names.has(piece) ? { text: names.get(piece) ?? '', bold: true } : { text: piece }));
}
