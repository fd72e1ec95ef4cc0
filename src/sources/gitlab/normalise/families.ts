import { type Payload, textOrNull } from '../../../shared/payload.ts';
import type { Family } from '../../../telling/told.ts';
import { updateOf } from './changes.ts';
import { deployment } from './deployment.ts';
import type { GitlabEvent } from './event.ts';
import { issue } from './issue.ts';
import { mergeRequest } from './merge-request.ts';
import { note } from './note.ts';
import { job, pipeline } from './pipeline.ts';
import { accessToken, emoji, featureFlag, milestone, release, wikiPage } from './planning.ts';
import { push } from './push.ts';
import { vulnerability } from './vulnerability.ts';

const FAMILIES: Readonly<Record<string, Family<GitlabEvent>>> = {
  access_token: accessToken,
  build: job,
  confidential_issue: issue,
  confidential_note: note,
  deploy_token: accessToken,
  deployment,
  emoji,
  feature_flag: featureFlag,
  issue,
  merge_request: mergeRequest,
  milestone,
  note,
  pipeline,
  push,
  release,
  tag_push: push,
  vulnerability,
  wiki_page: wikiPage,
  work_item: issue,
};

/** Undefined: nobody has words for it. */
export function familyOf(type: string): Family<GitlabEvent> | undefined {
  return Object.hasOwn(FAMILIES, type) ? FAMILIES[type] : undefined;
}

/** Where GitLab says how it stands instead of what was done. */
const STATES: Readonly<Record<string, string>> = {
  build: 'build_status',
  deployment: 'status',
  pipeline: 'object_attributes.status',
  vulnerability: 'object_attributes.state',
};

/** As the catalogue has it: an `update` by what it changes. */
export function actionOf(type: string, payload: Payload): string | null {
  const state = Object.hasOwn(STATES, type) ? STATES[type] : undefined;
  if (state !== undefined) return named(payload, state);
  if (type === 'push' || type === 'tag_push' || type === 'feature_flag') return null;
  if (type.endsWith('_token')) return named(payload, 'event_name')?.replace(/_\w+_token$/, '') ?? null;
  if (type === 'emoji') return named(payload, 'event_type') ?? named(payload, 'object_attributes.action');
  const action = named(payload, 'object_attributes.action') ?? named(payload, 'action');
  if (type === 'note' || type === 'confidential_note') return action ?? 'create';
  if (action !== 'update' || !/(?:issue|merge_request|work_item)$/.test(type)) return action;
  const change = updateOf(payload).change?.is ?? 'update';
  return (Object.hasOwn(CALLED, change) ? CALLED[change] : undefined) ?? change;
}

/** What a change is called in the catalogue, where that is not its own name. */
const CALLED: Readonly<Record<string, string>> = {
  closed: 'close',
  renamed: 'edited',
  reopened: 'reopen',
  retargeted: 'edited',
};

function named(payload: Payload, path: string): string | null {
  const name = textOrNull(payload, path);
  return name !== null && /^[a-z][a-z_]{0,60}$/.test(name) ? name : null;
}
