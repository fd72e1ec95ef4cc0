import type { Tone } from '../../../../model/activity.ts';
import { type Payload, read, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { capitalised, counted } from '../../../../text/words.ts';
import { valueText } from '../changes.ts';
import { type Skipped, skip } from '../family.ts';
import { openedBy, type Topic, whose } from './topic.ts';
import { say, type Wording } from './wording.ts';

/** By the reason that GitHub asks for; only what is done wears the colour of done. */
const REASONS: ReadonlyMap<string, readonly [headline: string, as: string, tone: Tone]> = new Map([
  ['completed', ['closed as completed', ' as completed', 'done']],
  ['not_planned', ['closed as not planned', ' as not planned', 'neutral']],
  ['duplicate', ['closed as duplicate', ' as a duplicate', 'neutral']],
  ['resolved', ['resolved', ' as resolved', 'done']],
  ['outdated', ['closed as outdated', ' as outdated', 'neutral']],
]);

/** A pull request that is closed was not merged: nothing is done. Red is kept for what is broken. */
export function closed(payload: Payload, topic: Topic): Wording {
  const reason = REASONS.get(textOrNull(payload, `${topic.root}.state_reason`) ?? '');
  const [words, as, tone] = reason ?? ['closed', '', topic.noun === 'pull request' ? 'neutral' : 'done'];
  return {
    ...say(`${capitalised(topic.noun)} ${words}`, `closed ${whose(payload, topic)}${as}`, tone),
    facts: [openFor(payload, topic)],
    time: 'closed_at',
  };
}

const EVENTS = { issue: 'issues', 'pull request': 'pull_request', discussion: 'discussion' } as const;

/** A new title is said; a new description is told without its words. */
export function edited(payload: Payload, topic: Topic): Wording | Skipped {
  const { noun, root } = topic;
  const by = openedBy(payload, topic);
  const title = before(payload, 'changes.title.from', `${root}.title`);
  if (title !== null) {
    return { ...say(`${capitalised(noun)} renamed`, 'renamed {it}'), facts: [`was: ${valueText(title)}`, by] };
  }
  const from = read(payload, 'changes.body');
  if (from === undefined || textOrNull(from, 'from') === textOrNull(payload, `${root}.body`)) {
    return skip(`${EVENTS[noun]}.edited: neither title nor description changed`);
  }
  return {
    ...say(`${capitalised(noun)} description edited`, 'edited the description of {it}'),
    facts: [by],
  };
}

/** What it was, where that is something else than now. */
export function before(payload: Payload, from: string, now: string): string | null {
  const old = textOrNull(payload, from);
  return old === textOrNull(payload, now) ? null : old;
}

const DAY_MS = 86_400_000;

/** `open for 12 days`; hours say little. */
function openFor(payload: Payload, { root }: Topic): string | null {
  const [opened, closedAt] = [timeOrNull(payload, `${root}.created_at`), timeOrNull(payload, `${root}.closed_at`)];
  if (opened === null || closedAt === null) return null;
  const days = Math.floor((closedAt - opened) / DAY_MS);
  return days < 1 ? null : `open for ${counted(days, 'day')}`;
}
