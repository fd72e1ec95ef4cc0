import type { KnownBlock, Overflow, SectionBlock } from '@slack/types';
import { type Choice, MENU } from './actions.ts';
import type { About } from './ask.ts';

const TEXTS: Readonly<Record<Choice, string>> = {
  why: 'Why did I get this?',
  thread: 'Mute this thread',
  me: 'Mute this for me',
};

/** Characters of a value: https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
const VALUE = 150;

/**
 * The message with a ⋯ menu beside its first words. `isDirect`: who reads it is alone. The values name what is looked up when somebody
 * chooses; of a thread whose name is too long for one there is no menu.
 * https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element
 */
export function withMenu<M extends { readonly blocks: KnownBlock[] }>(message: M, about: About, isDirect = false): M {
  const first = message.blocks.find(isSection);
  if (first === undefined || first.accessory !== undefined) return message;
  const accessory = menuOf(about, isDirect ? ['why', 'me'] : ['why', 'thread', 'me']);
  if (accessory.options.some(({ value = '' }) => value.length > VALUE)) return message;
  return { ...message, blocks: message.blocks.map((block) => (block === first ? { ...first, accessory } : block)) };
}

function menuOf(about: About, choices: readonly Choice[]): Overflow {
  const named = 'thread' in about ? `card_${about.thread}` : `ntf_${about.notification}`;
  const options = choices.map((choice) => ({
    text: { type: 'plain_text' as const, text: TEXTS[choice] },
    value: `${choice}:${named}`,
  }));
  return { type: 'overflow', action_id: MENU, options };
}

function isSection(block: KnownBlock): block is SectionBlock {
  return block.type === 'section';
}
