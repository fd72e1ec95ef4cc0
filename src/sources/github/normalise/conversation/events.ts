import { called, type GithubEvent } from '../github-event.ts';
import { discussionComment, issueComment, pullRequestReviewComment } from './comments.ts';
import { discussion } from './discussion.ts';
import { issueDependencies, issueRelatesTo, subIssues } from './issue-relations.ts';
import { issues } from './issues.ts';
import { pullRequest } from './pull-request.ts';
import { pullRequestReview } from './pull-request-review.ts';
import { pullRequestReviewThread } from './review-thread.ts';

const COMMENTS = 'is an event of its own: write `issue_comment: [created]`, which is told of pull requests too.';
const review = (headline: string) =>
  `is how a review ends: write \`pull_request_review: [submitted]\` and \`if: activity.headline == "${headline}"\`.`;

export const CONVERSATION_EVENTS = {
  discussion: {
    normalise: discussion,
    actions: {
      answered: 'told',
      category_changed: { minor: 'housekeeping' },
      closed: 'told',
      created: 'told',
      deleted: 'told',
      edited: { minor: 'wording is put right many times' },
      labeled: { minor: 'labels change many times' },
      locked: { minor: 'housekeeping' },
      pinned: { minor: 'housekeeping' },
      reopened: 'told',
      transferred: 'told',
      unanswered: 'told',
      unlabeled: { minor: 'labels change many times' },
      unlocked: { minor: 'housekeeping' },
      unpinned: { minor: 'housekeeping' },
    },
    facets: ['labels', 'author'],
    shape: { has: 'discussion', may: 'answer label old_answer' },
    mistaken: {
      opened: called('created'),
    },
    doneBy: { created: 'discussion.user' },
  },
  discussion_comment: {
    normalise: discussionComment,
    actions: {
      created: 'told',
      deleted: { minor: 'its words are gone' },
      edited: { minor: 'wording is put right many times' },
    },
    facets: ['labels', 'author'],
    shape: { has: 'comment discussion' },
    actionOf: () => 'created',
    doneBy: { created: 'comment.user' },
  },
  issue_comment: {
    normalise: issueComment,
    actions: {
      created: 'told',
      deleted: { minor: 'its words are gone' },
      edited: { minor: 'wording is put right many times' },
      pinned: { minor: 'the comment was posted when it was new' },
      unpinned: { minor: 'housekeeping' },
    },
    facets: ['labels', 'author', 'paths', 'assignees'],
    shape: { has: 'issue comment' },
    alsoCalled: ['comment', 'comments'],
    mistaken: {
      opened: called('created'),
    },
    actionOf: () => 'created',
    doneBy: { created: 'comment.user' },
  },
  issue_dependencies: {
    normalise: issueDependencies,
    actions: {
      blocked_by_added: 'told',
      blocked_by_removed: { minor: 'planning, many at a time' },
      blocking_added: 'told',
      blocking_removed: { minor: 'planning, many at a time' },
    },
    facets: ['labels', 'author', 'assignees'],
    shape: {
      has: 'blocked_issue blocking_issue',
      may: 'blocked_issue_id blocking_issue_id blocked_issue_repo blocking_issue_repo',
    },
  },
  issue_relates_to: {
    normalise: issueRelatesTo,
    actions: {
      relates_to_added: 'told',
      relates_to_removed: { minor: 'planning, many at a time' },
    },
    facets: ['labels', 'author', 'assignees'],
    shape: { has: 'issue related_issue' },
  },
  issues: {
    normalise: issues,
    actions: {
      assigned: { minor: 'people and labels change many times' },
      closed: 'told',
      deleted: 'told',
      demilestoned: { minor: 'planning, many at a time' },
      edited: { minor: 'wording is put right many times' },
      field_added: { minor: 'planning, many at a time' },
      field_removed: { minor: 'planning, many at a time' },
      labeled: { minor: 'people and labels change many times' },
      locked: { minor: 'housekeeping' },
      milestoned: { minor: 'planning, many at a time' },
      opened: 'told',
      pinned: { minor: 'housekeeping' },
      reopened: 'told',
      transferred: 'told',
      typed: { minor: 'planning, many at a time' },
      unassigned: { minor: 'people and labels change many times' },
      unlabeled: { minor: 'people and labels change many times' },
      unlocked: { minor: 'housekeeping' },
      unpinned: { minor: 'housekeeping' },
      untyped: { minor: 'planning, many at a time' },
    },
    facets: ['labels', 'author', 'paths', 'assignees'],
    shape: { has: 'issue', may: 'assignee milestone label type issue_field issue_field_value' },
    mistaken: {
      commented: COMMENTS,
      created: called('opened'),
      resolved: called('closed'),
    },
    doneBy: { opened: 'issue.user' },
  },
  pull_request: {
    normalise: pullRequest,
    actions: {
      assigned: { minor: 'people and labels change many times' },
      auto_merge_disabled: { minor: 'the merge is news' },
      auto_merge_enabled: { minor: 'the merge is news' },
      closed: 'told',
      converted_to_draft: 'told',
      demilestoned: { minor: 'planning, many at a time' },
      dequeued: 'told',
      edited: { minor: 'wording is put right many times' },
      enqueued: { minor: 'the merge is news' },
      labeled: { minor: 'people and labels change many times' },
      locked: { minor: 'housekeeping' },
      merged: 'told',
      milestoned: { minor: 'planning, many at a time' },
      opened: 'told',
      ready_for_review: 'told',
      reopened: 'told',
      review_request_removed: { minor: 'nobody is waited for any more' },
      review_requested: 'told',
      stacked: { minor: 'how pull requests are arranged, many at a time' },
      synchronize: { minor: 'new commits come many times a day' },
      unassigned: { minor: 'people and labels change many times' },
      unlabeled: { minor: 'people and labels change many times' },
      unlocked: { minor: 'housekeeping' },
    },
    facets: ['branch', 'head', 'paths', 'labels', 'author', 'assignees'],
    shape: {
      has: 'pull_request number',
      may: 'assignee label requested_reviewer requested_team before after reason milestone stack',
    },
    alsoCalled: ['pr', 'prs'],
    mistaken: {
      approved: review('Pull request approved'),
      changes_requested: review('Changes requested'),
      commented: COMMENTS,
      committed: called('synchronize'),
      created: called('opened'),
      draft: called('converted_to_draft'),
      pushed: called('synchronize'),
      reviewed: 'is an event of its own: write `pull_request_review: [submitted]`.',
      updated: called('synchronize'),
    },
    doneBy: { closed: 'pull_request.merged_by', opened: 'pull_request.user' },
  },
  pull_request_review: {
    normalise: pullRequestReview,
    actions: {
      dismissed: 'told',
      edited: { minor: 'wording is put right many times' },
      submitted: { minorWhen: 'it has no words and no verdict' },
    },
    facets: ['branch', 'head', 'paths', 'labels', 'author', 'assignees'],
    shape: { has: 'pull_request review' },
    alsoCalled: ['review', 'reviews'],
    mistaken: {
      approved: review('Pull request approved'),
      changes_requested: review('Changes requested'),
      created: called('submitted'),
    },
    actionOf: () => 'submitted',
    doneBy: { submitted: 'review.user' },
  },
  pull_request_review_comment: {
    normalise: pullRequestReviewComment,
    actions: {
      created: 'told',
      deleted: { minor: 'what is gone is no news' },
      edited: { minor: 'wording is put right many times' },
    },
    facets: ['branch', 'head', 'paths', 'labels', 'author', 'assignees'],
    shape: { has: 'pull_request comment' },
    actionOf: () => 'created',
    doneBy: { created: 'comment.user' },
  },
  pull_request_review_thread: {
    normalise: pullRequestReviewThread,
    actions: {
      resolved: { minor: 'many threads are resolved in one sitting' },
      unresolved: { minor: 'the reply that reopens it is posted' },
    },
    facets: ['branch', 'head', 'paths', 'labels', 'author', 'assignees'],
    shape: { has: 'pull_request thread', may: 'updated_at' },
  },
  sub_issues: {
    normalise: subIssues,
    actions: {
      parent_issue_added: 'told',
      parent_issue_removed: { minor: 'planning, many at a time' },
      sub_issue_added: 'told',
      sub_issue_removed: { minor: 'planning, many at a time' },
    },
    facets: ['labels', 'author', 'assignees'],
    shape: { has: 'parent_issue sub_issue', may: 'parent_issue_id parent_issue_repo sub_issue_id sub_issue_repo' },
  },
} as const satisfies Readonly<Record<string, GithubEvent>>;
