import type { Button, KnownBlock } from '@slack/types';
import type { Mute } from '../../../model/inbox/mutes.ts';
import { iso, lasting } from '../../../shared/time-words.ts';
import { code, label } from '../escape.ts';
import { section } from '../render.ts';
import { UNMUTE_HERE, UNMUTE_ME } from './actions.ts';
import { plainWords, type Reply, words } from './reply.ts';

/** `isOwn`: for one person; else where it was told. */
export interface Muted {
  readonly thread: string;
  readonly isOwn: boolean;
}

const VALUE = 2_000;
const SHOWN = 20;

export function sayMuted({ thread, isOwn }: Muted, forMs: number | null): Reply {
  const time = forMs === null ? '' : ` for ${lasting(forMs)}`;
  const what = isOwn
    ? 'I won’t write to you about it, nor call you by name. The channel still hears of it.'
    : 'Nobody hears of it in this channel any more.';
  return words(`🔕  Muted ${code(thread, 200)}${time}. ${what}`, undo({ thread, isOwn }));
}

/** Where it was muted, and is no more: of where it might have been. */
interface Unmuted {
  readonly thread: string;
  /** Whether it was muted there. Null: it was not asked. */
  readonly here: boolean | null;
  readonly own: boolean | null;
}

export function sayUnmuted({ thread, here, own }: Unmuted): Reply {
  const where = [here === null ? '' : 'here', own === null ? '' : 'for you'].filter(Boolean).join(', nor ');
  if (!here && !own) return words(`${code(thread, 200)} is not muted ${where}.`);
  if (!here) return words(`🔔  I tell you of ${code(thread, 200)} again.`);
  return words(`🔔  ${code(thread, 200)} is told again in this channel${own ? ', and to you' : ''}.`);
}

/** What is muted here and for whoever asks, newest first. */
export function sayList(mutes: readonly Mute[], now: number): Reply {
  if (mutes.length === 0) return plainWords('Nothing is muted here, nor for you.');
  const shown = mutes.slice(0, SHOWN);
  const more = mutes.length > shown.length ? [section(`and ${mutes.length - shown.length} more`)] : [];
  return words(`*Muted here, and for you:* ${mutes.length}`, [...shown.map((mute) => mutedBlock(mute, now)), ...more]);
}

/** One line, with the button that ends it. */
export function mutedBlock({ thread, whom, until, by }: Mute, now: number): KnownBlock {
  const isOwn = whom.startsWith('@');
  const time = until === null ? 'for good' : `until ${iso(until).slice(0, 16).replace('T', ' ')} UTC`;
  const who = isOwn ? 'for you' : `here, by ${label(by, 120)}`;
  const text = `🔕  ${code(thread, 200)}  ·  ${until !== null && until < now ? 'until now' : time}  ·  ${who}`;
  const accessory = unmuteButton({ thread, isOwn }, 'Unmute');
  return { ...section(text), ...(accessory && { accessory }) };
}

function undo(muted: Muted): readonly KnownBlock[] {
  const button = unmuteButton(muted, 'Undo');
  return button === null ? [] : [{ type: 'actions', elements: [button] }];
}

/** Null: the thread is too long for a value of Slack's. */
function unmuteButton({ thread, isOwn }: Muted, text: string): Button | null {
  if (thread.length > VALUE) return null;
  const action_id = isOwn ? UNMUTE_ME : UNMUTE_HERE;
  return { type: 'button', action_id, text: { type: 'plain_text', text }, value: thread };
}
