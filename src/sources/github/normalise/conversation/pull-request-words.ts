import type { Tone } from '../../../../model/activity.ts';
import { isTrue, type Payload, textOrNull } from '../../../../shared/payload.ts';
import type { Skipped } from '../family.ts';
import { asWords, besideActor } from '../people.ts';
import type { Words } from '../words.ts';
import { assigned, unassigned } from './assignment.ts';
import { dequeued, edited, stacked } from './pull-request-changes.ts';
import type { Wording } from './pull-request-wording.ts';

type Say = (payload: Payload) => Wording | Skipped;

/** Merged has GitHub's own tone, closed is plain: red is kept for what is broken. */
export const WORDING: ReadonlyMap<string, Say> = new Map<string, Say>(
  Object.entries({
    opened,
    merged,
    closed: (payload) => ({
      ...plain('Pull request closed', 'closed {it}'),
      facts: [writer(payload)],
      time: 'closed_at',
    }),
    reopened: () => ({ ...plain('Pull request reopened', 'reopened {it}', 'opened'), showsSize: true }),
    ready_for_review: () => ({
      ...plain('Pull request ready for review', 'marked {it} ready for review', 'waiting'),
      showsSize: true,
      showsBody: true,
    }),
    converted_to_draft: () => plain('Pull request back to draft', 'turned {it} back into a draft'),
    review_requested: (payload) => {
      const who = reviewer(payload);
      const did = who === null ? 'asked for a review of {it}' : `asked ${who} to review {it}`;
      return { ...plain('Review requested', did, 'waiting'), facts: [who && `asked ${who}`], showsSize: true };
    },
    review_request_removed: (payload) => {
      const who = reviewer(payload);
      const did = who === null ? 'no longer asks for a review of {it}' : `no longer asks ${who} to review {it}`;
      return { ...plain('Review request withdrawn', did), facts: [who && `no longer asks ${who}`] };
    },
    assigned: (payload) => assigned(payload, 'pull request'),
    unassigned: (payload) => unassigned(payload, 'pull request'),
    labeled: naming('Pull request labeled', 'added', 'label.name', (label) =>
      label ? `added label ${label} to {it}` : 'labeled {it}',
    ),
    unlabeled: naming('Pull request unlabeled', 'removed', 'label.name', (label) =>
      label ? `took label ${label} off {it}` : 'unlabeled {it}',
    ),
    milestoned: naming(
      'Pull request milestone set',
      'to',
      'milestone.title',
      (name) => `added {it} to ${name ? `milestone ${name}` : 'a milestone'}`,
    ),
    demilestoned: naming(
      'Pull request milestone removed',
      'from',
      'milestone.title',
      (name) => `took {it} from ${name ? `milestone ${name}` : 'its milestone'}`,
    ),
    locked: (payload) => {
      const reason = textOrNull(payload, 'pull_request.active_lock_reason');
      return { ...plain('Pull request locked', 'locked {it}'), facts: [reason && `as ${reason}`] };
    },
    unlocked: () => plain('Pull request unlocked', 'unlocked {it}'),
    synchronize: () => ({ ...plain('Pull request updated', 'pushed to {it}'), showsSize: true }),
    auto_merge_enabled: (payload) => {
      const method = textOrNull(payload, 'pull_request.auto_merge.merge_method');
      return {
        ...plain('Auto-merge turned on', 'turned on auto-merge for {it}'),
        facts: [method && method !== 'merge' ? `${method} merge` : null],
      };
    },
    auto_merge_disabled: (payload) => ({
      ...plain('Auto-merge turned off', 'turned off auto-merge for {it}'),
      facts: [textOrNull(payload, 'reason')],
    }),
    enqueued: () => plain('Added to merge queue', 'added {it} to the merge queue'),
    dequeued,
    edited,
    stacked,
  } satisfies Record<string, Say>),
);

function plain(headline: string, did: string, tone: Tone = 'neutral'): Words {
  return { headline, did, tone };
}

/** Nobody needs to look at a draft yet: it does not wear the colour of what is open. */
function opened(payload: Payload): Wording {
  const words = isTrue(payload, 'pull_request.draft')
    ? plain('Draft pull request opened', 'opened draft {it}')
    : plain('Pull request opened', 'opened {it}', 'opened');
  return { ...words, showsSize: true, showsBody: true, time: 'created_at' };
}

/** Into what is in the sentence too: the push notification shows no facts. A queue or a bot merges for somebody else. */
function merged(payload: Payload): Wording {
  const base = textOrNull(payload, 'pull_request.base.ref');
  return {
    ...plain('Pull request merged', base === null ? 'merged {it}' : `merged {it} into ${base}`, 'done'),
    facts: [writer(payload), besideActor(payload, 'merged by', 'pull_request.merged_by.login')],
    showsSize: true,
    time: 'merged_at',
  };
}

/** Whoever closes or merges is the actor; the author is named beside them. */
function writer(payload: Payload): string | null {
  return besideActor(payload, 'written by', 'pull_request.user.login');
}

function reviewer(payload: Payload): string | null {
  const team = textOrNull(payload, 'requested_team.name');
  return textOrNull(payload, 'requested_reviewer.login') ?? (team === null ? null : `team ${team}`);
}

/** `to mona` in the small line, `assigned pull request #12 to mona` in the sentence; the name is '' where none is given. */
function naming(headline: string, fact: string, path: string, did: (name: string) => string): Say {
  return (payload) => {
    const name = textOrNull(payload, path);
    return { ...plain(headline, did(asWords(name ?? ''))), facts: [name && `${fact} ${name}`] };
  };
}
