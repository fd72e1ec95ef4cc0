import type { ShownMessage } from '../../../model/plugin/preview.ts';
import { markedBlocks, type Reading } from '../../../text/shown/marked.ts';
import type { Foreign } from './flavor.ts';
import { MARKUPS } from './markup.ts';
import type { FlavoredMessage } from './render.ts';

/** What such a server makes of a message's attachment. */
export function shownAtFlavor(flavor: Foreign, { text, attachments: [attachment] }: FlavoredMessage): ShownMessage {
  const { dialect } = MARKUPS[flavor];
  const isEscaped = flavor === 'mattermost';
  const reading: Reading = {
    marks: dialect.marks,
    quote: dialect.quote,
    links: 'bracketed',
    escapes: isEscaped,
    entities: isEscaped ? 'words' : 'nowhere',
    called: new Map(['@here', '@all', '@channel', '@*all*'].map((tag) => [tag, tag.replaceAll('*', '')])),
  };
  return {
    author: 'Tidings',
    brief: attachment.fallback.replaceAll('\u2060', ''),
    color: attachment.color,
    blocks: [...(text === undefined ? [] : markedBlocks(text, reading)), ...markedBlocks(attachment.text, reading)],
  };
}
