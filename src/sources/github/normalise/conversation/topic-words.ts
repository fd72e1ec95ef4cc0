import { type Payload, textOrNull } from '../../../../shared/payload.ts';
import { asWords } from '../../../../telling/parts.ts';
import { capitalised } from '../../../../text/words.ts';
import type { Skipped } from '../family.ts';
import { wordsFor } from '../words.ts';
import { assigned, unassigned } from './assignment.ts';
import { type Topic, whose } from './topic.ts';
import { closed, edited } from './topic-changes.ts';
import { transferred } from './transfer.ts';
import { type Say, say, type Wording } from './wording.ts';

/** What is done to issues, pull requests and discussions alike is told in the same words. */
const SHARED: ReadonlyMap<string, Say> = new Map<string, Say>(
  Object.entries({
    closed,
    reopened: (payload, topic) => ({
      ...say(headline(topic, 'reopened'), `reopened ${whose(payload, topic)}`, 'opened'),
      showsSize: true,
    }),
    edited,
    deleted: (payload, topic) => say(headline(topic, 'deleted'), `deleted ${whose(payload, topic)}`),
    transferred,
    assigned,
    unassigned,
    labeled: naming('labeled', 'label.name', (name) => (name ? `added label ${name} to {it}` : 'labeled {it}')),
    unlabeled: naming('unlabeled', 'label.name', (name) => `removed ${name ? `label ${name}` : 'a label'} from {it}`),
    milestoned: naming(
      'added to milestone',
      'milestone.title',
      (name) => `added {it} to ${name ? `milestone ${name}` : 'a milestone'}`,
    ),
    demilestoned: naming(
      'removed from milestone',
      'milestone.title',
      (name) => `removed {it} from ${name ? `milestone ${name}` : 'its milestone'}`,
    ),
    locked: (payload, topic) => {
      const reason = asWords(textOrNull(payload, `${topic.root}.active_lock_reason`) ?? '');
      return say(headline(topic, 'locked'), reason === '' ? 'locked {it}' : `locked {it} as ${reason}`);
    },
    unlocked: (_, topic) => say(headline(topic, 'unlocked'), 'unlocked {it}'),
    pinned: (_, topic) => say(headline(topic, 'pinned'), 'pinned {it}'),
    unpinned: (_, topic) => say(headline(topic, 'unpinned'), 'unpinned {it}'),
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
function naming(what: string, path: string, did: (name: string) => string): Say {
  return (payload, topic) => say(headline(topic, what), did(asWords(textOrNull(payload, path) ?? '')));
}

function headline({ noun }: Topic, what: string): string {
  return `${capitalised(noun)} ${what}`;
}
