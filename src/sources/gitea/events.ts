import type { ActionFate, EventCatalog } from '../../model/event-catalog.ts';

const LABELS: ActionFate = { minor: 'labels change many times' };
const PLANNING: ActionFate = { minor: 'planning, many at a time' };
const WORDING: ActionFate = { minor: 'wording is put right many times' };
const PEOPLE: ActionFate = { minor: 'people are assigned many times' };
const RUNNING: ActionFate = { minor: 'a workflow is news when it ends' };
const JOB: ActionFate = { minor: 'the workflow tells it' };

const called = (action: string) => `is what Gitea calls ${action}: write ${action}.`;

/** What Gitea and Forgejo send, https://docs.gitea.com/usage/webhooks: GitHub's names, with some actions of their own. */
export const EVENTS: EventCatalog = {
  action_run_failure: { actions: { failure: 'told' }, facets: ['branch', 'conclusion', 'transition', 'workflow'] },
  action_run_recover: { actions: { recover: 'told' }, facets: ['branch', 'conclusion', 'transition', 'workflow'] },
  action_run_success: { actions: { success: 'told' }, facets: ['branch', 'conclusion', 'transition', 'workflow'] },
  create: { actions: { '': 'told' }, facets: ['branch', 'tag'], alsoCalled: ['tag'] },
  delete: { actions: { '': 'told' }, facets: ['branch', 'tag'] },
  fork: { actions: { '': 'told' }, facets: [] },
  issue_comment: {
    actions: { created: 'told', edited: WORDING, deleted: { minor: 'its words are gone' } },
    facets: ['labels', 'author', 'assignees', 'branch', 'head'],
    alsoCalled: ['comment', 'comments'],
    mistaken: { opened: called('created') },
  },
  issues: {
    actions: {
      opened: 'told',
      closed: 'told',
      reopened: 'told',
      deleted: 'told',
      edited: WORDING,
      assigned: PEOPLE,
      unassigned: PEOPLE,
      label_updated: LABELS,
      label_cleared: LABELS,
      milestoned: PLANNING,
      demilestoned: PLANNING,
    },
    facets: ['labels', 'author', 'assignees'],
    alsoCalled: ['issue'],
    mistaken: { created: called('opened'), labeled: called('label_updated'), unlabeled: called('label_updated') },
  },
  package: { actions: { created: 'told', deleted: 'told' }, facets: [] },
  pull_request: {
    actions: {
      opened: 'told',
      merged: 'told',
      closed: 'told',
      reopened: 'told',
      deleted: 'told',
      review_requested: 'told',
      review_request_removed: PEOPLE,
      edited: WORDING,
      synchronized: { minor: 'people push many times' },
      assigned: PEOPLE,
      unassigned: PEOPLE,
      label_updated: LABELS,
      label_cleared: LABELS,
      milestoned: PLANNING,
      demilestoned: PLANNING,
    },
    facets: ['branch', 'head', 'labels', 'author', 'assignees'],
    alsoCalled: ['pr', 'prs', 'pullrequest', 'pull-request'],
    mistaken: {
      created: called('opened'),
      synchronize: called('synchronized'),
      labeled: called('label_updated'),
      unlabeled: called('label_updated'),
      approved: 'is an event of its own: write `pull_request_approved`.',
    },
  },
  pull_request_approved: { actions: { reviewed: 'told' }, facets: ['branch', 'head', 'labels', 'author', 'assignees'] },
  pull_request_comment: {
    actions: { reviewed: { minorWhen: 'it says nothing of its own' } },
    facets: ['branch', 'head', 'labels', 'author', 'assignees'],
  },
  pull_request_rejected: { actions: { reviewed: 'told' }, facets: ['branch', 'head', 'labels', 'author', 'assignees'] },
  push: { actions: { '': 'told' }, facets: ['branch', 'tag', 'paths'] },
  release: {
    actions: { published: 'told', updated: WORDING, deleted: 'told' },
    facets: ['tag', 'author'],
    mistaken: { created: called('published'), edited: called('updated') },
  },
  repository: { actions: { created: 'told', deleted: 'told' }, facets: [] },
  status: { actions: { '': 'told' }, facets: ['conclusion'] },
  wiki: { actions: { created: 'told', edited: WORDING, deleted: 'told' }, facets: [] },
  workflow_job: {
    actions: { queued: JOB, waiting: JOB, in_progress: JOB, completed: JOB },
    facets: ['branch', 'conclusion', 'workflow'],
  },
  workflow_run: {
    actions: { requested: RUNNING, in_progress: RUNNING, completed: 'told' },
    facets: ['branch', 'conclusion', 'transition', 'workflow'],
  },
};
