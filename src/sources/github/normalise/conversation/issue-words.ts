import type { Tone } from '../../../../model/activity.ts';
import { type Payload, textOrNull } from '../../../../shared/payload.ts';
import { enumerated } from '../../../../text/words.ts';
import { valueText } from '../changes.ts';
import { labelsOf } from '../common.ts';
import type { Skipped } from '../family.ts';
import { asWords, loginsOf } from '../people.ts';
import type { Words } from '../words.ts';
import { assigned, unassigned } from './assignment.ts';
import { closed, edited, reopened } from './issue-changes.ts';
import { fieldAdded, fieldRemoved } from './issue-fields.ts';
import { movedFrom, movedTo } from './issue-transfer.ts';

export interface Wording extends Words {
  readonly facts?: readonly (string | null)[];
}

type Say = (payload: Payload) => Wording | Skipped;

/** How each action of an issue is told. */
export const WORDING: ReadonlyMap<string, Say> = new Map<string, Say>(
  Object.entries({
    opened,
    closed,
    reopened,
    edited,
    assigned: (payload: Payload) => assigned(payload, 'issue'),
    unassigned: (payload: Payload) => unassigned(payload, 'issue'),
    labeled: naming('Issue labeled', 'label.name', 'added', (name) => `labeled {it} as ${name}`, 'labeled {it}'),
    unlabeled: naming(
      'Label taken off issue',
      'label.name',
      'removed',
      (name) => `took the label ${name} off {it}`,
      'took a label off {it}',
    ),
    milestoned: naming(
      'Issue added to milestone',
      'milestone.title',
      'to',
      (name) => `added {it} to milestone ${name}`,
      'added {it} to a milestone',
    ),
    demilestoned: naming(
      'Issue left milestone',
      'milestone.title',
      'from',
      (name) => `took {it} out of milestone ${name}`,
      'took {it} out of its milestone',
    ),
    typed: naming('Issue type set', 'type.name', 'to', (name) => `set the type of {it} to ${name}`, 'gave {it} a type'),
    untyped: naming(
      'Issue type removed',
      'type.name',
      'was',
      (name) => `took the type ${name} off {it}`,
      'took the type off {it}',
    ),
    field_added: fieldAdded,
    field_removed: fieldRemoved,
    transferred,
    locked: (payload) => {
      const reason = textOrNull(payload, 'issue.active_lock_reason');
      const words = say('Conversation locked', reason === null ? 'locked {it}' : `locked {it} as ${asWords(reason)}`);
      return { ...words, facts: [reason && `as ${reason}`] };
    },
    unlocked: () => say('Conversation unlocked', 'unlocked {it}'),
    pinned: () => say('Issue pinned', 'pinned {it}'),
    unpinned: () => say('Issue unpinned', 'unpinned {it}'),
    deleted: () => say('Issue deleted', 'deleted {it}'),
  } satisfies Record<string, Say>),
);

function say(headline: string, did: string, tone: Tone = 'neutral'): Words {
  return { headline, did, tone };
}

/** An issue that arrives from another repository is new here: it is told by the rules for new ones. */
function opened(payload: Payload): Wording {
  const facts = [typeOf(payload), assigneesOf(payload)];
  const from = movedFrom(payload);
  if (from === null) return { ...say('Issue opened', 'opened {it}', 'opened'), facts };
  const did = `moved {it} from ${asWords(from.repo)} to {repo}`;
  return { ...say('Issue transferred', did, 'opened'), facts: [`from ${from.handle}`, ...facts] };
}

function transferred(payload: Payload): Wording {
  const to = movedTo(payload);
  if (to === null) return say('Issue transferred', 'moved {it} to another repository');
  return { ...say('Issue transferred', `moved {it} from {repo} to ${asWords(to.repo)}`), facts: [`to ${to.handle}`] };
}

/** `Bug`; null where a label says it too. */
function typeOf(payload: Payload): string | null {
  const type = textOrNull(payload, 'issue.type.name');
  const isLabel = labelsOf(payload, 'issue.labels').some((label) => label.toLowerCase() === type?.toLowerCase());
  return isLabel ? null : type;
}

function assigneesOf(payload: Payload): string | null {
  const names = enumerated(loginsOf(payload, 'issue.assignees'));
  return names === null ? null : `assigned to ${names}`;
}

/** `added bug` in the small line, `labeled issue #12 as bug` in the sentence. */
function naming(headline: string, path: string, fact: string, did: (name: string) => string, otherwise: string): Say {
  return (payload) => {
    const name = textOrNull(payload, path);
    if (name === null) return say(headline, otherwise);
    return { ...say(headline, did(asWords(name))), facts: [`${fact} ${valueText(name)}`] };
  };
}
