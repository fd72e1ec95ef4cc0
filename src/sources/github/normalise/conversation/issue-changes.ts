import { type Payload, read, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { counted } from '../../../../text/words.ts';
import { valueText } from '../changes.ts';
import { isUnchanged } from '../common.ts';
import { type Skipped, skip } from '../family.ts';
import { besideActor } from '../people.ts';
import { type Words, wordTable } from '../words.ts';

type Wording = Words & { readonly facts: readonly (string | null)[] };

const CLOSED: Words = { headline: 'Issue closed', did: 'closed {it}', tone: 'done' };

/** By the reason that GitHub asks for; only what is done wears the colour of done. */
const REASONS = wordTable({
  completed: ['Issue closed as completed', 'closed {it} as completed', 'done'],
  not_planned: ['Issue closed as not planned', 'closed {it} as not planned'],
  duplicate: ['Issue closed as duplicate', 'closed {it} as a duplicate'],
});

export function closed(payload: Payload): Wording {
  const words = REASONS.get(textOrNull(payload, 'issue.state_reason') ?? '') ?? CLOSED;
  return { ...words, facts: [openedBy(payload), openFor(payload)] };
}

export function reopened(payload: Payload): Wording {
  return { headline: 'Issue reopened', did: 'reopened {it}', tone: 'opened', facts: [openedBy(payload)] };
}

/** A new title is said; a new description is told without its words. */
export function edited(payload: Payload): Wording | Skipped {
  const before = textOrNull(payload, 'changes.title.from');
  if (before !== null && before !== read(payload, 'issue.title')) {
    return { headline: 'Issue renamed', did: 'renamed {it}', tone: 'neutral', facts: [`was: ${valueText(before)}`] };
  }
  if (isUnchanged(payload, 'issue.body')) return skip('issues.edited: neither title nor description changed');
  return {
    headline: 'Issue description edited',
    did: 'edited the description of {it}',
    tone: 'neutral',
    facts: [openedBy(payload)],
  };
}

function openedBy(payload: Payload): string | null {
  return besideActor(payload, 'opened by', 'issue.user.login');
}

const DAY_MS = 86_400_000;

/** `open for 12 days`; hours say little about an issue. */
function openFor(payload: Payload): string | null {
  const [opened, closedAt] = [timeOrNull(payload, 'issue.created_at'), timeOrNull(payload, 'issue.closed_at')];
  if (opened === null || closedAt === null) return null;
  const days = Math.floor((closedAt - opened) / DAY_MS);
  return days < 1 ? null : `open for ${counted(days, 'day')}`;
}
