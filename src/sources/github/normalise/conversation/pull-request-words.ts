import { isTrue, type Payload, read, textOrNull } from '../../../../shared/payload.ts';
import * as hosting from '../../../../telling/hosting/words.ts';
import { enumerated } from '../../../../text/words.ts';
import { besideActor, isSender, nameOf, namesOf, teamName } from '../people.ts';
import { assigneesOf } from './assignment.ts';
import { dequeued, edited, stacked } from './pull-request-changes.ts';
import { milestoneOf, named, openedBy, subjectOf, type Topic, whose } from './topic.ts';
import { type Say, say, type Wording } from './wording.ts';

/** What pull requests alone know, and how they open. Merged has GitHub's own tone. */
export const WORDING: ReadonlyMap<string, Say> = new Map<string, Say>(
  Object.entries({
    opened,
    merged,
    ready_for_review: (payload, topic) => ({
      ...hosting.readyForReview(named(payload, topic)),
      facts: [reviewersOf(payload)],
      showsSize: true,
      showsBody: true,
    }),
    converted_to_draft: (payload, topic) => hosting.backToDraft(named(payload, topic)),
    review_requested: (payload, topic) => ({
      ...hosting.reviewAsked(named(payload, topic), reviewer(payload)),
      asked: askedOf(payload),
      showsSize: true,
    }),
    review_request_removed: (payload, topic) => ({
      ...hosting.reviewWithdrawn(named(payload, topic), reviewer(payload)),
      facts: [openedBy(payload, topic)],
    }),
    synchronize: (payload, topic) => ({
      ...hosting.pushedTo(named(payload, topic)),
      showsSize: true,
    }),
    auto_merge_enabled: (payload, topic) => {
      const method = textOrNull(payload, 'pull_request.auto_merge.merge_method');
      return {
        ...hosting.autoMergeOn(named(payload, topic)),
        facts: [method && method !== 'merge' ? `${method} merge` : null],
      };
    },
    auto_merge_disabled: (payload, topic) => ({
      ...hosting.autoMergeOff(named(payload, topic)),
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
    ? hosting.openedAsDraft(named(payload, topic), isNumbered)
    : hosting.opened(named(payload, topic));
  return {
    ...words,
    facts: [assigneesOf(payload, topic), reviewersOf(payload), milestoneOf(payload, topic)],
    showsSize: true,
    showsBody: true,
    time: 'created_at',
  };
}

/** A queue or a bot merges for somebody else. */
function merged(payload: Payload, topic: Topic): Wording {
  return {
    ...hosting.merged(named(payload, topic), textOrNull(payload, 'pull_request.base.ref')),
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

/** GitHub sends an event for each that is asked. '' where nobody is named. */
function reviewer(payload: Payload): string {
  const login = textOrNull(payload, 'requested_reviewer.login');
  if (login !== null && isSender(payload, login)) return hosting.THEMSELVES;
  return nameOf(read(payload, 'requested_reviewer')) ?? nameOf(read(payload, 'requested_team')) ?? '';
}

function askedOf(payload: Payload): readonly string[] {
  const asked =
    textOrNull(payload, 'requested_reviewer.login') ?? teamName(payload, textOrNull(payload, 'requested_team.slug'));
  return asked === null ? [] : [asked];
}
