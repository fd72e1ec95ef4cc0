import type { Message } from '../../model/destination.ts';
import type { ShownMessage } from '../../model/plugin/preview.ts';
import { htmlBlocks } from '../../text/shown/html.ts';
import { render } from './render.ts';

/** What clients make of a message: its HTML, and its first plain line for a phone. */
export function shownAtMatrix(message: Message): ShownMessage {
  const { body, formatted_body: html } = render(message);
  const [brief = null] = body.replaceAll('\u2060', '').split('\n');
  return { author: 'Tidings', brief, color: null, blocks: htmlBlocks(html) };
}
