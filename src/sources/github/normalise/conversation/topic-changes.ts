import { type Payload, read, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { openFor } from '../../../../telling/hosting/topic.ts';
import * as hosting from '../../../../telling/hosting/words.ts';
import { valueText } from '../changes.ts';
import { type Skipped, skip } from '../family.ts';
import { named, openedBy, type Topic } from './topic.ts';
import type { Wording } from './wording.ts';

export function closed(payload: Payload, topic: Topic): Wording {
  return {
    ...hosting.closed(named(payload, topic), textOrNull(payload, `${topic.root}.state_reason`)),
    facts: [openFor(timeOrNull(payload, `${topic.root}.created_at`), timeOrNull(payload, `${topic.root}.closed_at`))],
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
    return { ...hosting.renamed(named(payload, topic)), facts: [`was: ${valueText(title)}`, by] };
  }
  const from = read(payload, 'changes.body');
  if (from === undefined || textOrNull(from, 'from') === textOrNull(payload, `${root}.body`)) {
    return skip(`${EVENTS[noun]}.edited: neither title nor description changed`);
  }
  return {
    ...hosting.descriptionEdited(named(payload, topic)),
    facts: [by],
  };
}

/** What it was, where that is something else than now. */
export function before(payload: Payload, from: string, now: string): string | null {
  const old = textOrNull(payload, from);
  return old === textOrNull(payload, now) ? null : old;
}
