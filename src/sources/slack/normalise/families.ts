import { happening } from './happening.ts';
import { interaction, slashCommand } from './interaction.ts';
import { appMention, message } from './message.ts';
import type { Family } from './telling.ts';

/** Event type → who tells it. All others are told by what they hold. */
const FAMILIES: ReadonlyMap<string, Family> = new Map<string, Family>([
  ['app_mention', appMention],
  ['block_actions', interaction],
  ['block_suggestion', interaction],
  ['interactive_message', interaction],
  ['message', message],
  ['message_action', interaction],
  ['shortcut', interaction],
  ['slash_command', slashCommand],
  ['view_closed', interaction],
  ['view_submission', interaction],
]);

export function familyOf(type: string): Family {
  return FAMILIES.get(type) ?? happening;
}
