import type { KnownBlock } from '@slack/types';
import type { Waits } from '../../../model/desk.ts';
import type { Mute } from '../../../model/inbox/mutes.ts';
import { lasting } from '../../../shared/time-words.ts';
import { code, label, link } from '../escape.ts';
import { clip, LIMITS } from '../limits.ts';
import { section } from '../render.ts';
import type { Reply } from './reply.ts';
import { mutedBlock } from './say-mutes.ts';

export interface HomeContent {
  /** Null: `people` knows no login of theirs. */
  readonly login: string | null;
  /** Whoever opened it. */
  readonly id: string;
  readonly waits: readonly Waits[];
  readonly mutes: readonly Mute[];
}

const HEADINGS = [
  ['review', '👀  Waits for your review'],
  ['ready', '✅  Yours, ready to merge'],
  ['blocked', '🔴  Yours, and somebody waits for you'],
] as const;

/** Of a hundred blocks that a Home holds. https://docs.slack.dev/surfaces/app-home */
const MUTES = 40;
const NAMED = 15;
const NAME = 140;

export function home({ login, id, waits, mutes }: HomeContent, now: number): Reply {
  const blocks: KnownBlock[] = [heading('What waits on you'), ...waiting(login, id, waits, now)];
  if (login !== null) {
    blocks.push({ type: 'divider' }, heading('What you muted'));
    if (mutes.length === 0) blocks.push(section('Nothing. The ⋯ menu on a message mutes its thread for you.'));
    blocks.push(...mutes.slice(0, MUTES).map((mute) => mutedBlock(mute, now)));
    if (mutes.length > MUTES) blocks.push(section(`and ${mutes.length - MUTES} more`));
  }
  return { text: 'What waits on you', blocks };
}

function waiting(login: string | null, id: string, waits: readonly Waits[], now: number): readonly KnownBlock[] {
  if (login === null) return [section(unknown(id))];
  if (waits.length === 0) return [section(`Nothing waits on ${label(login, 80)}.`)];
  return HEADINGS.flatMap(([what, words]) => {
    const own = waits.filter((each) => each.what === what);
    return own.length === 0 ? [] : [section(paragraph(words, own, now))];
  });
}

function paragraph(words: string, waits: readonly Waits[], now: number): string {
  const shown = waits.slice(0, NAMED).map(({ name, url, thread, since }) => {
    const place = thread.replace(/[#@].*$/s, '');
    return `•  ${link(url, label(name, NAME), 250)}  ·  ${label(place, 100)}  ·  for ${lasting(Math.max(0, now - since))}`;
  });
  const left = waits.length - shown.length;
  return clip([`*${words}*`, ...shown, ...(left > 0 ? [`and ${left} more`] : [])].join('\n'), LIMITS.sectionText);
}

/** How to be known. */
export function unknown(id: string): string {
  return `I don’t know your login. Whoever runs Tidings can tell me in tidings.yaml, with your own in the place of \`mona\`: ${code(`people: { mona: ${id} }`, 100)}`;
}

function heading(text: string): KnownBlock {
  return { type: 'header', text: { type: 'plain_text', text } };
}
