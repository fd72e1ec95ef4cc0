import type { Tone } from '../../../../model/activity.ts';
import { isTrue, type Payload, read, textOrNull } from '../../../../shared/payload.ts';
import { fromTo, valueText } from '../changes.ts';
import { isUnchanged } from '../common.ts';
import { type Skipped, skip } from '../family.ts';
import { asWords, besideActor } from '../people.ts';
import { type Words, wordTable } from '../words.ts';
import { movedTo } from './issue-transfer.ts';

export interface Wording extends Words {
  readonly facts?: readonly (string | null)[];
  /** What is quoted. */
  readonly words?: string | null;
}

type Say = (payload: Payload) => Wording | Skipped;

const CLOSED = wordTable({
  resolved: ['Discussion resolved', 'closed {it} as resolved', 'done'],
  outdated: ['Discussion closed as outdated', 'closed {it} as outdated'],
  duplicate: ['Discussion closed as duplicate', 'closed {it} as a duplicate'],
});

/** How each action of a discussion is told. */
export const WORDING: ReadonlyMap<string, Say> = new Map<string, Say>(
  Object.entries({
    created,
    edited,
    answered: (payload) => ({
      ...say('Question answered', 'marked an answer in {it}', 'good'),
      facts: [besideActor(payload, 'answer by', 'answer.user.login')],
      words: textOrNull(payload, 'answer.body'),
    }),
    unanswered: (payload) => ({
      ...say('Question open again', 'took back the answer in {it}', 'opened'),
      facts: [besideActor(payload, 'answer by', 'old_answer.user.login')],
    }),
    closed: (payload) => {
      const reason = textOrNull(payload, 'discussion.state_reason') ?? '';
      const words = CLOSED.get(reason) ?? say('Discussion closed', 'closed {it}', 'done');
      return { ...words, facts: [startedBy(payload)] };
    },
    reopened: (payload) => ({
      ...say('Discussion reopened', 'reopened {it}', 'opened'),
      facts: [startedBy(payload)],
    }),
    category_changed: (payload) => {
      const category = categoryOf(payload);
      const did = category === null ? 'moved {it} to another category' : `moved {it} to ${asWords(category)}`;
      const change = fromTo(read(payload, 'changes.category.from.name'), category);
      return { ...say('Discussion category changed', did), facts: [change] };
    },
    labeled: naming('Discussion labeled', 'added', (name) => `labeled {it} as ${name}`, 'labeled {it}'),
    unlabeled: naming(
      'Label taken off discussion',
      'removed',
      (name) => `took the label ${name} off {it}`,
      'took a label off {it}',
    ),
    locked: (payload) => {
      const reason = textOrNull(payload, 'discussion.active_lock_reason');
      return { ...say('Discussion locked', 'locked {it}'), facts: [reason && `as ${reason}`] };
    },
    unlocked: () => say('Discussion unlocked', 'unlocked {it}'),
    pinned: () => say('Discussion pinned', 'pinned {it}'),
    unpinned: () => say('Discussion unpinned', 'unpinned {it}'),
    deleted: (payload) => ({ ...say('Discussion deleted', 'deleted {it}'), facts: [startedBy(payload)] }),
    transferred: (payload) => {
      const to = movedTo(payload, 'discussion');
      if (to === null) return say('Discussion transferred', 'moved {it} to another repository');
      const did = `moved {it} from {repo} to ${asWords(to.repo)}`;
      return { ...say('Discussion transferred', did), facts: [`to ${to.handle}`] };
    },
  } satisfies Record<string, Say>),
);

function say(headline: string, did: string, tone: Tone = 'neutral'): Words {
  return { headline, did, tone };
}

/** A question waits for an answer; an announcement does not. GitHub's own category for those cannot be told but by its name. */
function created(payload: Payload): Wording {
  const beside = { facts: [categoryOf(payload)], words: textOrNull(payload, 'discussion.body') };
  if (textOrNull(payload, 'discussion.state') === 'converting') {
    return { ...say('Issue turned into discussion', 'turned an issue into {it}', 'opened'), ...beside };
  }
  if (isTrue(payload, 'discussion.category.is_answerable')) {
    return { ...say('Question asked', 'asked a question in {it}', 'opened'), ...beside };
  }
  if (textOrNull(payload, 'discussion.category.slug') === 'announcements') {
    return { ...say('New announcement', 'made an announcement in {it}'), ...beside, facts: [] };
  }
  return { ...say('Discussion started', 'started {it}', 'opened'), ...beside };
}

function edited(payload: Payload): Wording | Skipped {
  const before = textOrNull(payload, 'changes.title.from');
  if (before !== null && before !== read(payload, 'discussion.title')) {
    return { ...say('Discussion renamed', 'renamed {it}'), facts: [`was: ${valueText(before)}`] };
  }
  if (isUnchanged(payload, 'discussion.body')) return skip('discussion.edited: neither title nor words changed');
  return { ...say('Discussion edited', 'edited {it}'), facts: [startedBy(payload)] };
}

function categoryOf(payload: Payload): string | null {
  return textOrNull(payload, 'discussion.category.name');
}

function startedBy(payload: Payload): string | null {
  return besideActor(payload, 'started by', 'discussion.user.login');
}

function naming(headline: string, fact: string, did: (name: string) => string, otherwise: string): Say {
  return (payload) => {
    const name = textOrNull(payload, 'label.name');
    if (name === null) return say(headline, otherwise);
    return { ...say(headline, did(asWords(name))), facts: [`${fact} ${valueText(name)}`] };
  };
}
