import { type Payload, textOrNull } from '../../../../shared/payload.ts';
import * as hosting from '../../../../telling/hosting/words.ts';
import { asWords } from '../../../../telling/parts.ts';
import type { Skipped } from '../family.ts';
import { wordsFor } from '../words.ts';
import { assigned, unassigned } from './assignment.ts';
import { named, type Topic } from './topic.ts';
import { closed, edited } from './topic-changes.ts';
import { transferred } from './transfer.ts';
import { type Say, say, type Wording } from './wording.ts';

/** What is done to issues, pull requests and discussions alike is told in the same words. */
const SHARED: ReadonlyMap<string, Say> = new Map<string, Say>(
  Object.entries({
    closed,
    reopened: (payload, topic) => ({ ...hosting.reopened(named(payload, topic)), showsSize: true }),
    edited,
    deleted: (payload, topic) => hosting.deleted(named(payload, topic)),
    transferred,
    assigned,
    unassigned,
    labeled: naming('label.name', hosting.labeled),
    unlabeled: naming('label.name', hosting.unlabeled),
    milestoned: naming('milestone.title', hosting.milestoned),
    demilestoned: naming('milestone.title', hosting.demilestoned),
    locked: (payload, topic) => naming(`${topic.root}.active_lock_reason`, hosting.locked)(payload, topic),
    unlocked: (payload, topic) => hosting.unlocked(named(payload, topic)),
    pinned: (_, topic) => say(hosting.headlineOf(topic, 'pinned'), 'pinned {it}'),
    unpinned: (_, topic) => say(hosting.headlineOf(topic, 'unpinned'), 'unpinned {it}'),
  } satisfies Record<string, Say>),
);

/** `own`: what only this sort of topic knows, or tells otherwise. An action that GitHub invents later is told plainly. */
export function wordingOf(
  action: string | null,
  own: ReadonlyMap<string, Say>,
  payload: Payload,
  topic: Topic,
): Wording | Skipped {
  const told = own.get(action ?? '') ?? SHARED.get(action ?? '');
  return told?.(payload, topic) ?? wordsFor(action ?? 'changed', new Map(), topic.noun);
}

/** The name is '' where the payload gives none. */
function naming(path: string, words: (named: hosting.Named, name: string) => hosting.Words): Say {
  return (payload, topic) => words(named(payload, topic), asWords(textOrNull(payload, path) ?? ''));
}
