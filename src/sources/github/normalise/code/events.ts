import { textOrNull } from '../../../../shared/payload.ts';
import type { GithubEvent } from '../github-event.ts';
import { checkRun } from './check-run.ts';
import { checkSuite } from './check-suite.ts';
import { commitComment } from './commit-comment.ts';
import { deployment, deploymentStatus } from './deployment.ts';
import { deploymentProtectionRule, deploymentReview } from './deployment-review.ts';
import { repositoryDispatch, workflowDispatch } from './dispatch.ts';
import { mergeGroup } from './merge-group.ts';
import { packages } from './package.ts';
import { pageBuild } from './page-build.ts';
import { progressOf } from './progress.ts';
import { push } from './push/push.ts';
import { create, remove } from './push/refs.ts';
import { release } from './release.ts';
import { status } from './status.ts';
import { gollum } from './wiki.ts';
import { workflowJob } from './workflow-job.ts';
import { workflowRun } from './workflow-run.ts';

export const CODE_EVENTS = {
  check_run: {
    normalise: checkRun,
    actions: {
      completed: 'told',
      created: { minor: 'a check is news when it ends' },
      requested_action: { minor: 'a button of an app was pressed, which only the app waits for' },
      rerequested: { minor: 'a check is news when it ends' },
    },
    facets: ['branch', 'paths', 'conclusion', 'transition'],
    shape: { has: 'check_run', may: 'requested_action' },
    actionOf: progressOf('check_run', 'created'),
  },
  check_suite: {
    normalise: checkSuite,
    actions: {
      completed: { minor: 'its check runs are posted one by one' },
      requested: { minor: 'checks are news when they end' },
      rerequested: { minor: 'checks are news when they end' },
    },
    facets: ['branch', 'paths', 'conclusion', 'transition'],
    shape: { has: 'check_suite' },
    actionOf: progressOf('check_suite', 'requested'),
  },
  commit_comment: {
    normalise: commitComment,
    actions: { created: 'told' },
    facets: [],
    shape: { has: 'comment.commit_id' },
    doneBy: { created: 'comment.user' },
  },
  create: {
    normalise: create,
    actions: { '': 'told' },
    facets: ['branch', 'tag'],
    shape: { has: 'ref ref_type master_branch', may: 'description pusher_type full_ref', byAction: true },
    alsoCalled: ['tag'],
    mistaken: {
      branch: 'is no action: write `create: { branches: "**" }`.',
      tag: 'is no action: write `create: { tags: "**" }`.',
    },
  },
  delete: {
    normalise: remove,
    actions: { '': 'told' },
    facets: ['branch', 'tag'],
    shape: { has: 'ref ref_type pusher_type', may: 'full_ref', byAction: true },
    mistaken: {
      branch: 'is no action: write `delete: { branches: "**" }`.',
      tag: 'is no action: write `delete: { tags: "**" }`.',
    },
  },
  deployment: {
    normalise: deployment,
    actions: { created: { minor: 'a deployment is news when it ends, which deployment_status tells' } },
    facets: ['branch', 'paths', 'workflow', 'environment'],
    shape: { has: 'deployment', may: 'workflow workflow_run' },
    doneBy: { created: 'deployment.creator' },
  },
  deployment_protection_rule: {
    normalise: deploymentProtectionRule,
    actions: { requested: { minor: 'an app is asked, no person' } },
    facets: ['branch', 'environment'],
    shape: { has: 'deployment environment pull_requests', may: 'event sha ref deployment_callback_url' },
    heardBy: 'app',
  },
  deployment_review: {
    normalise: deploymentReview,
    actions: {
      approved: 'told',
      rejected: 'told',
      requested: 'told',
    },
    facets: ['branch', 'paths', 'workflow', 'environment'],
    shape: {
      has: 'workflow_run since',
      may: 'reviewers workflow_job_run workflow_job_runs environment requestor approver comment',
    },
    heardBy: 'app',
    actionOf: () => 'requested',
  },
  deployment_status: {
    normalise: deploymentStatus,
    actions: { created: { minorWhen: 'it has not ended' } },
    facets: ['branch', 'paths', 'conclusion', 'transition', 'workflow', 'environment'],
    shape: { has: 'deployment_status deployment', may: 'check_run workflow workflow_run' },
    alsoCalled: ['deploy'],
    doneBy: { created: 'deployment_status.creator' },
  },
  gollum: {
    normalise: gollum,
    actions: { '': 'told' },
    facets: [],
    shape: { has: 'pages', byAction: true },
    alsoCalled: ['wiki'],
  },
  merge_group: {
    normalise: mergeGroup,
    actions: {
      checks_requested: { minor: 'the queue tries many groups, and what it merges or throws out is posted' },
      destroyed: { minor: 'the queue makes another group of the same pull requests' },
    },
    facets: ['branch', 'paths'],
    shape: { has: 'merge_group', may: 'reason' },
    actionOf: (payload) => (textOrNull(payload, 'reason') === null ? 'checks_requested' : 'destroyed'),
  },
  package: {
    normalise: packages,
    actions: {
      published: 'told',
      updated: { minor: 'a version that was published before changed' },
    },
    facets: ['tag', 'author'],
    shape: { has: 'package' },
    actionOf: () => 'published',
    doneBy: { published: 'package.package_version.author' },
  },
  page_build: {
    normalise: pageBuild,
    actions: { '': 'told' },
    facets: ['conclusion', 'transition'],
    shape: { has: 'build', may: 'id', byAction: true },
    doneBy: { '': 'build.pusher' },
  },
  push: {
    normalise: push,
    actions: { '': 'told' },
    facets: ['branch', 'tag', 'paths'],
    shape: { has: 'ref before commits', may: 'after created deleted forced base_ref compare head_commit pusher' },
    alsoCalled: ['commit', 'commits'],
    doneBy: { '': 'pusher' },
  },
  registry_package: {
    normalise: null,
    actions: {
      published: { never: 'GitHub sends package.published for the same version' },
      updated: { never: 'GitHub sends package.updated for the same version' },
    },
    facets: [],
    shape: { has: 'registry_package' },
  },
  release: {
    normalise: release,
    actions: {
      created: { never: 'the published event of the same release tells it' },
      deleted: 'told',
      edited: { minor: 'wording is put right many times' },
      prereleased: { never: 'the published event of the same release tells it' },
      published: 'told',
      released: 'told',
      unpublished: 'told',
    },
    facets: ['tag', 'author'],
    shape: { has: 'release' },
    actionOf: () => 'published',
    doneBy: { published: 'release.author' },
  },
  repository_dispatch: {
    normalise: repositoryDispatch,
    actions: { '*': 'told' },
    facets: ['branch'],
    shape: { has: 'client_payload', may: 'branch' },
    heardBy: 'app',
  },
  status: {
    normalise: status,
    actions: { '': 'told' },
    facets: ['branch', 'paths', 'author', 'conclusion', 'transition'],
    shape: {
      has: 'sha context',
      may: 'id name target_url description state commit branches created_at updated_at avatar_url',
      byAction: true,
    },
  },
  workflow_dispatch: {
    normalise: workflowDispatch,
    actions: { '': 'told' },
    facets: ['branch', 'tag', 'workflow'],
    shape: { has: 'inputs workflow', may: 'ref', byAction: true },
    heardBy: 'app',
  },
  workflow_job: {
    normalise: workflowJob,
    actions: {
      completed: { minor: 'the run it belongs to is posted' },
      in_progress: { minor: 'a run is news when it ends' },
      queued: { minor: 'a run is news when it ends' },
      waiting: { minor: 'deployment_review asks whoever can let it go on' },
    },
    facets: ['branch', 'paths', 'conclusion', 'workflow'],
    shape: { has: 'workflow_job', may: 'deployment' },
    actionOf: progressOf('workflow_job', 'queued', ['in_progress', 'waiting']),
  },
  workflow_run: {
    normalise: workflowRun,
    actions: {
      completed: 'told',
      in_progress: { minor: 'a run is news when it ends' },
      requested: { minor: 'a run is news when it ends' },
    },
    facets: ['branch', 'paths', 'conclusion', 'transition', 'workflow'],
    shape: { has: 'workflow_run workflow' },
    alsoCalled: ['build', 'ci', 'workflow'],
    actionOf: progressOf('workflow_run', 'requested', ['in_progress']),
  },
} as const satisfies Readonly<Record<string, GithubEvent>>;
