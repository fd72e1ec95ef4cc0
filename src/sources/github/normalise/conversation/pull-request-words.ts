import { isTrue, type Payload, read, textOrNull } from '../../../../shared/payload.ts';
import { asWords } from '../../../../telling/parts.ts';
import { enumerated } from '../../../../text/words.ts';
import { besideActor, isSender, nameOf, namesOf, teamName } from '../people.ts';
import { assigneesOf } from './assignment.ts';
import { dequeued, edited, stacked } from './pull-request-changes.ts';
import { milestoneOf, openedBy, subjectOf, type Topic, whose } from './topic.ts';
import { type Say, say, type Wording } from './wording.ts';

/** What pull requests alone know, and how they open. Merged has GitHub's own tone. */
export const WORDING: ReadonlyMap<string, Say> = new Map<string, Say>(
  Object.entries({
    opened,
    merged,
    ready_for_review: (payload, topic) => ({
      ...say('Pull request ready for review', `marked ${whose(payload, topic)} ready for review`, 'waiting'),
      facts: [reviewersOf(payload)],
      showsSize: true,
      showsBody: true,
    }),
    converted_to_draft: (payload, topic) =>
      say('Pull request back to draft', `turned ${whose(payload, topic)} back into a draft`),
    review_requested: (payload, topic) => ({
      ...say('Review requested', asking(payload, topic), 'waiting'),
      asked: askedOf(payload),
      showsSize: true,
    }),
    review_request_removed: (payload, topic) => ({
      ...say('Review request withdrawn', askingNoMore(payload)),
      facts: [openedBy(payload, topic)],
    }),
    synchronize: (payload, topic) => ({
      ...say('Pull request updated', `pushed to ${whose(payload, topic)}`),
      showsSize: true,
    }),
    auto_merge_enabled: (payload, topic) => {
      const method = textOrNull(payload, 'pull_request.auto_merge.merge_method');
      return {
        ...say('Auto-merge turned on', `turned on auto-merge for ${whose(payload, topic)}`),
        facts: [method && method !== 'merge' ? `${method} merge` : null],
      };
    },
    auto_merge_disabled: (payload, topic) => ({
      ...say('Auto-merge turned off', `turned off auto-merge for ${whose(payload, topic)}`),
      facts: [textOrNull(payload, 'reason')],
    }),
    enqueued: (payload, topic) => say('Added to merge queue', `added ${whose(payload, topic)} to the merge queue`),
    dequeued,
    edited,
    stacked,
  } satisfies Record<string, Say>),
);

/** Nobody needs to look at a draft yet: it does not wear the colour of what is open. */
function opened(payload: Payload, topic: Topic): Wording {
  const isNumbered = subjectOf(payload, topic).handle !== null;
  const words = isTrue(payload, 'pull_request.draft')
    ? say('Draft pull request opened', isNumbered ? 'opened draft {it}' : 'opened {it} as a draft')
    : say('Pull request opened', 'opened {it}', 'opened');
  return {
    ...words,
    facts: [assigneesOf(payload, topic), reviewersOf(payload), milestoneOf(payload, topic)],
    showsSize: true,
    showsBody: true,
    time: 'created_at',
  };
}

/** Into what is in the sentence too: the push notification shows no facts. A queue or a bot merges for somebody else. */
function merged(payload: Payload, topic: Topic): Wording {
  const base = textOrNull(payload, 'pull_request.base.ref');
  const into = base === null ? '' : ` into ${asWords(base)}`;
  return {
    ...say('Pull request merged', `merged ${whose(payload, topic)}${into}`, 'done'),
    facts: [besideActor(payload, 'merged by', 'pull_request.merged_by.login')],
    showsSize: true,
    time: 'merged_at',
  };
}

/** `asked mona, team Backend for review`, of those who were asked in opening it. */
function reviewersOf(payload: Payload): string | null {
  const people = namesOf(payload, 'pull_request.requested_reviewers');
  const names = enumerated([...people, ...namesOf(payload, 'pull_request.requested_teams')]);
  return names === null ? null : `asked ${names} for review`;
}

/** GitHub sends an event for each that is asked. */
function reviewer(payload: Payload): string | null {
  return nameOf(read(payload, 'requested_reviewer')) ?? nameOf(read(payload, 'requested_team'));
}

function isOwnReview(payload: Payload): boolean {
  const login = textOrNull(payload, 'requested_reviewer.login');
  return login !== null && isSender(payload, login);
}

function asking(payload: Payload, topic: Topic): string {
  const it = whose(payload, topic);
  if (isOwnReview(payload)) return `signed up to review ${it}`;
  const who = reviewer(payload);
  return who === null ? `asked for a review of ${it}` : `asked ${who} to review ${it}`;
}

function askingNoMore(payload: Payload): string {
  if (isOwnReview(payload)) return 'removed themselves from the reviewers of {it}';
  const who = reviewer(payload);
  return who === null ? 'withdrew a review request for {it}' : `removed ${who} from the reviewers of {it}`;
}

function askedOf(payload: Payload): readonly string[] {
  const asked =
    textOrNull(payload, 'requested_reviewer.login') ?? teamName(payload, textOrNull(payload, 'requested_team.slug'));
  return asked === null ? [] : [asked];
}
