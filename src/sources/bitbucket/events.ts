import type { ActionFate, EventCatalog } from '../../model/event-catalog.ts';

const WORDING: ActionFate = { minor: 'wording is put right many times' };
const RUNNING: ActionFate = { minorWhen: 'the build has not ended' };

const called = (action: string) => `is what Bitbucket calls ${action}: write ${action}.`;

/**
 * What Bitbucket Cloud sends, https://support.atlassian.com/bitbucket-cloud/docs/event-payloads/, each name taken apart at its
 * colon: in a rule, `pullrequest:fulfilled` is `pullrequest: [fulfilled]` or `pullrequest.fulfilled`.
 */
export const EVENTS: EventCatalog = {
  // Of Data Center, whose events are others.
  diagnostics: { actions: { ping: { never: 'somebody tests the connection' } }, facets: [] },
  issue: {
    actions: {
      created: 'told',
      comment_created: 'told',
      updated: { minorWhen: 'neither its state nor who is assigned changed' },
    },
    facets: ['labels', 'author', 'assignees'],
    alsoCalled: ['issues', 'issue:created', 'issue:updated', 'issue:comment_created'],
    mistaken: { opened: called('created'), closed: called('updated'), commented: called('comment_created') },
  },
  project: { actions: { updated: 'told' }, facets: [] },
  pullrequest: {
    actions: {
      created: 'told',
      updated: { minor: 'it comes with each push and each edit, and does not say which' },
      fulfilled: 'told',
      rejected: 'told',
      approved: 'told',
      unapproved: 'told',
      changes_request_created: 'told',
      changes_request_removed: 'told',
      comment_created: 'told',
      comment_updated: WORDING,
      comment_deleted: { minor: 'its words are gone' },
      comment_resolved: { minor: 'housekeeping' },
      comment_reopened: { minor: 'housekeeping' },
      push: { minor: 'new commits come many times a day' },
      reopened: 'told',
    },
    facets: ['branch', 'head', 'author'],
    alsoCalled: ['pr', 'prs', 'pull_request', 'pull-request', 'pullrequest:created', 'pullrequest:fulfilled'],
    mistaken: {
      opened: called('created'),
      merged: called('fulfilled'),
      declined: called('rejected'),
      closed: called('rejected'),
      edited: called('updated'),
      changes_requested: called('changes_request_created'),
      commented: called('comment_created'),
    },
  },
  repo: {
    actions: {
      push: 'told',
      commit_status_created: RUNNING,
      commit_status_updated: RUNNING,
      commit_comment_created: 'told',
      fork: 'told',
      created: 'told',
      deleted: 'told',
      imported: 'told',
      transfer: 'told',
      updated: 'told',
    },
    facets: ['branch', 'tag', 'conclusion', 'transition', 'workflow'],
    alsoCalled: ['push', 'repository', 'repo:push', 'repo:commit_status_updated', 'repo:commit_status_created'],
    mistaken: {
      pushed: called('push'),
      forked: called('fork'),
      build: called('commit_status_updated'),
      commit_status: called('commit_status_updated'),
      transferred: called('transfer'),
    },
  },
};
