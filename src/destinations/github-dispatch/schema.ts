import * as z from 'zod/mini';
import { filled, namedAtLeastOne, secret, shaped } from '../../config/parts/values.ts';
import type { Schema } from '../../model/plugin/plugin.ts';
import { checkKeys } from './check-keys.ts';
import {
  API_VARIABLE,
  eventTypeProblem,
  githubTokenProblem,
  REF,
  REPO,
  refProblem,
  repoProblem,
  WORKFLOW,
  workflowProblem,
} from './shapes.ts';

export const SCHEMA: Schema = {
  text: 'a workflow, started for each activity.',
  keys: {
    repo: {
      value: shaped(repoProblem, REPO),
      without: 'needed',
      text: 'The repository whose workflows are started: `acme/api`.',
      hint: 'name a repository, as in acme/api.',
    },
    token: {
      value: z.pipe(shaped(githubTokenProblem), secret),
      without: 'needed',
      text: 'A fine-grained token that has "Contents: read and write" of that repository; with `workflow`, "Actions: read and write".',
      hint: 'give a token of GitHub, as in "${GITHUB_DISPATCH_TOKEN}".',
      secret: 'value',
    },
    event_type: {
      value: z.optional(shaped(eventTypeProblem)),
      without: '`tidings`',
      text: "What a workflow's `on: repository_dispatch: types:` names, up to 100 characters.",
    },
    workflow: {
      value: z.optional(shaped(workflowProblem, WORKFLOW)),
      without: 'whoever listens to `event_type`',
      text: 'Starts this one by `workflow_dispatch`: its file without the folder, as in `deploy.yml`.',
    },
    ref: {
      value: z.optional(shaped(refProblem, REF)),
      without: '`main`',
      text: 'With `workflow`: the branch or tag that it runs on.',
    },
    inputs: {
      value: z.optional(namedAtLeastOne(filled, 'the whole activity as JSON')),
      without: '`tidings: notification.json`',
      text: 'With `workflow`: its inputs, each in [CEL](destinations/github-dispatch.md#inputs) over `activity` and `notification`. They arrive as texts.',
    },
    allow_loop: {
      value: z._default(z.boolean(), false),
      without: '`false`',
      text: 'Takes also what a run in `repo` may have caused, see [Loops](destinations/github-dispatch.md#loops).',
    },
  },
  variables: {
    [API_VARIABLE]: {
      without: '`https://api.github.com`',
      text: "Base of GitHub's REST API for `github-dispatch`; on Enterprise Server `https://HOST/api/v3`.",
    },
  },
  check: checkKeys,
};
