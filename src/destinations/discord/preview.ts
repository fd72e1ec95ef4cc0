import { saidIn } from '../../model/carried.ts';
import type { Message } from '../../model/destination.ts';
import type { ShownBlock, ShownMessage } from '../../model/plugin/preview.ts';
import { hexColor, textOf } from '../../text/shown/blocks.ts';
import { markedBlocks, markedRuns, type Reading } from '../../text/shown/marked.ts';
import type { DiscordMessage, Embed } from './embed.ts';
import { render } from './render.ts';

/** What Discord makes of a message's embed. */
export function shownAtDiscord(message: Message, username: string | null): ShownMessage {
  const { content, embeds }: DiscordMessage = render(message).body;
  const reading = readingOf(message);
  const [embed] = embeds;
  return {
    author: username ?? 'Tidings',
    brief: content === '' ? null : textOf(markedRuns(content, reading)),
    color: embed === undefined ? null : hexColor(embed.color),
    blocks: [
      ...(content === '' ? [] : markedBlocks(content, reading)),
      ...embeds.flatMap((each) => embedBlocks(each, reading)),
    ],
  };
}

function readingOf(message: Message): Reading {
  const called = new Map<string, string>([
    ['@here', '@here'],
    ['@everyone', '@everyone'],
  ]);
  for (const { name, ids } of saidIn(message).flatMap(({ mentions }) => mentions)) {
    if (ids['discord'] !== undefined) called.set(`<@${ids['discord']}>`, `@${name}`);
  }
  return {
    marks: { '*': '**', _: '*', '~': '~~' },
    quote: '> ',
    links: 'bracketed',
    escapes: true,
    entities: 'nowhere',
    called,
  };
}

/** Titles and fields are Markdown; an author and a footer are not. Pictures are never fetched. */
function embedBlocks({ author, title, url, description, fields, image, footer }: Embed, reading: Reading) {
  const titled = markedRuns(title, reading).map((run) => ({ ...run, bold: true, ...(url !== undefined && { url }) }));
  const blocks: ShownBlock[] = [];
  if (author !== undefined) {
    blocks.push({ kind: 'small', runs: [{ text: author.name, ...(author.url !== undefined && { url: author.url }) }] });
  }
  blocks.push({ kind: 'text', runs: titled });
  if (description !== undefined) blocks.push(...markedBlocks(description, reading));
  for (const { name, value } of fields ?? []) {
    blocks.push({ kind: 'text', runs: markedRuns(name, reading).map((run) => ({ ...run, bold: true })) });
    blocks.push(...markedBlocks(value, reading));
  }
  if (image !== undefined) blocks.push({ kind: 'image', alt: 'image' });
  if (footer !== undefined) blocks.push({ kind: 'small', runs: [{ text: footer.text }] });
  return blocks;
}
