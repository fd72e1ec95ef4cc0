import type { KnownBlock, Overflow, SectionBlock } from '@slack/types';
import type { NotificationId } from '../../../model/notification.ts';
import type { SlackMessage } from '../render.ts';
import { type Choice, MENU } from './actions.ts';

const TEXTS: Readonly<Record<Choice, string>> = {
  why: 'Why did I get this?',
  thread: 'Mute this thread',
  me: 'Mute this for me',
};

/**
 * The message with a ⋯ menu beside its first words. `isDirect`: who reads it is alone. The values are numbers, which are looked up when
 * somebody chooses: https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element
 */
export function withMenu(message: SlackMessage, id: NotificationId, isDirect: boolean): SlackMessage {
  const first = message.blocks.find(isSection);
  if (first === undefined || first.accessory !== undefined) return message;
  const accessory = menuOf(id, isDirect ? ['why', 'me'] : ['why', 'thread', 'me']);
  return { ...message, blocks: message.blocks.map((block) => (block === first ? { ...first, accessory } : block)) };
}

function menuOf(id: NotificationId, choices: readonly Choice[]): Overflow {
  const options = choices.map((choice) => ({
    text: { type: 'plain_text' as const, text: TEXTS[choice] },
    value: `${choice}:ntf_${id}`,
  }));
  return { type: 'overflow', action_id: MENU, options };
}

function isSection(block: KnownBlock): block is SectionBlock {
  return block.type === 'section';
}
