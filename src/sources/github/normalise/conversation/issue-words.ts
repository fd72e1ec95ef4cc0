import { type Payload, textOrNull } from '../../../../shared/payload.ts';
import * as hosting from '../../../../telling/hosting/words.ts';
import { asWords } from '../../../../telling/parts.ts';
import { labelsOf } from '../common.ts';
import { assigneesOf } from './assignment.ts';
import { fieldAdded, fieldRemoved } from './issue-fields.ts';
import { milestoneOf, named, type Topic } from './topic.ts';
import { movedFrom } from './transfer.ts';
import { type Say, say, type Wording } from './wording.ts';

/** What issues alone know, and how they open. */
export const WORDING: ReadonlyMap<string, Say> = new Map<string, Say>(
  Object.entries({
    opened,
    typed: (payload) => {
      const type = typeIn(payload);
      return say('Issue type set', type === '' ? 'set the type of {it}' : `set the type of {it} to ${type}`);
    },
    untyped: (payload) => {
      const type = typeIn(payload);
      return say('Issue type removed', type === '' ? 'removed the type from {it}' : `removed type ${type} from {it}`);
    },
    field_added: fieldAdded,
    field_removed: fieldRemoved,
  } satisfies Record<string, Say>),
);

/** An issue that arrives from another repository is new here: it is told by the rules for new ones. */
function opened(payload: Payload, topic: Topic): Wording {
  const from = movedFrom(payload, topic);
  const words =
    from === null
      ? hosting.opened(named(payload, topic))
      : say('Issue transferred', `moved {it} from ${asWords(from.handle)} to {repo}`, 'opened');
  return {
    ...words,
    facts: [typeOf(payload), assigneesOf(payload, topic), milestoneOf(payload, topic)],
    time: 'created_at',
  };
}

/** `Bug`; null where a label says it too. */
function typeOf(payload: Payload): string | null {
  const type = textOrNull(payload, 'issue.type.name');
  const isLabel = labelsOf(payload, 'issue.labels').some((label) => label.toLowerCase() === type?.toLowerCase());
  return isLabel ? null : type;
}

function typeIn(payload: Payload): string {
  return asWords(textOrNull(payload, 'type.name') ?? '');
}
