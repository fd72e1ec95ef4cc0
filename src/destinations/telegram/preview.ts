import type { Message } from '../../model/destination.ts';
import type { ShownMessage } from '../../model/plugin/preview.ts';
import { htmlBlocks } from '../../text/shown/html.ts';
import { render } from './render.ts';

/** What Telegram makes of a message's HTML. */
export function shownAtTelegram(message: Message): ShownMessage {
  return { author: 'Tidings', brief: null, color: null, blocks: htmlBlocks(render(message)) };
}
