import { list, read, textOrNull } from '../../../shared/payload.ts';
import type { Skip } from '../../../telling/told.ts';
import { capitalised, spaced } from '../../../text/words.ts';
import { plainText } from '../mrkdwn.ts';
import { firstOf, type SlackEvent } from './event.ts';
import type { SlackTold } from './telling.ts';

/** `/deploy web`. Its `response_url` and its token let anybody answer in Slack's name, and are never shown. */
export function slashCommand({ event, names }: SlackEvent): SlackTold {
  const command = textOrNull(event, 'command') ?? '';
  const words = plainText(textOrNull(event, 'text') ?? '', names);
  return {
    headline: 'Command used',
    did: 'used {it}',
    noun: 'command',
    title: `${command} ${words}`.trim(),
    by: { id: read(event, 'user_id'), name: read(event, 'user_name') },
  };
}

const HEADLINES: ReadonlyMap<string, readonly [headline: string, did: string]> = new Map([
  ['block_actions', ['Button pressed', 'pressed a button']],
  ['interactive_message', ['Button pressed', 'pressed a button']],
  ['message_action', ['Shortcut used on a message', 'used a shortcut on a message']],
  ['shortcut', ['Shortcut used', 'used a shortcut']],
  ['view_closed', ['Form closed', 'closed a form']],
  ['view_submission', ['Form sent', 'sent a form']],
]);

/** Somebody used what an app has posted. */
export function interaction({ event, type, names }: SlackEvent): SlackTold | Skip {
  if (type === 'block_suggestion') return { skip: 'block_suggestion: Slack asks for choices while somebody types' };
  const [headline, did] = HEADLINES.get(type) ?? [capitalised(spaced(type)), null];
  const [action] = list(event, 'actions');
  if (textOrNull(action, 'action_id')?.startsWith('tidings_'))
    return { skip: 'pressed on a message of Tidings: a question to it, no news' };
  const label = firstOf(action, ['text.text', 'selected_option.text.text', 'value', 'action_id', 'name']);
  const title = label ?? firstOf(event, ['view.title.text']) ?? spaced(textOrNull(event, 'callback_id') ?? '');
  return { headline, did, noun: spaced(type), title: plainText(title, names), by: read(event, 'user') };
}
