import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storedEvent } from '../../../tests/golden/tell.ts';
import type { Activity } from '../../model/activity.ts';
import { sentence } from '../../text/sentence.ts';
import { normalise } from './normalise.ts';

type Json = Readonly<Record<string, unknown>>;

const MONA = { id: 7, username: 'mona' };
const PROJECT = { id: 1, path_with_namespace: 'acme/api', web_url: 'https://gitlab.com/acme/api' };
const ISSUE = { iid: 9, title: 'Uploads fail', url: `${PROJECT.web_url}/-/issues/9` };

function told(type: string, payload: Json): Activity {
  const normalised = normalise(storedEvent(type, payload));
  assert.equal(normalised.kind, 'activity', JSON.stringify(normalised));
  return (normalised as { readonly activity: Activity }).activity;
}

function updated(changes: Json, attributes: Json = {}): Activity {
  const about = { ...ISSUE, action: 'update', ...attributes };
  return told('issue', { object_kind: 'issue', user: MONA, project: PROJECT, object_attributes: about, changes });
}

const change = (previous: unknown, current: unknown): Json => ({ previous, current });

test('what an update of an issue sets is in the sentence', () => {
  const says = (changes: Json, attributes: Json) => sentence(updated(changes, attributes)).replace(/ in acme.*/, '');
  assert.equal(says({ due_date: change(null, '2026-07-01') }, {}), 'mona set the due date of issue #9 to Jul 1, 2026');
  assert.equal(says({ weight: change(1, 3) }, {}), 'mona set the weight of issue #9 to 3');
  assert.equal(says({ weight: change(1, null) }, {}), 'mona removed the weight of issue #9');
  const health = { health_status: 'at_risk' };
  assert.equal(says({ health_status: change(null, 'at_risk') }, health), 'mona set the health of issue #9 to at risk');
  const secret = { confidential: true };
  assert.equal(says({ confidential: change(false, true) }, secret), 'mona made issue #9 confidential');
  const incident = { type: 'Incident', severity: 'critical', escalation_status: 'acknowledged' };
  assert.equal(
    says({ severity: change('unknown', 'critical') }, incident),
    'mona set the severity of incident #9 to critical',
  );
  assert.equal(says({ escalation_status: change('triggered', 'x') }, incident), 'mona acknowledged incident #9');
});

test('an update that archives, and a duplicate, are closings', () => {
  const archived = updated({ state_id: change(1, 2) }, { type: 'Requirement' });
  assert.equal(sentence(archived), 'mona closed requirement #9 in acme/api: Uploads fail');
  assert.deepEqual([archived.kind, archived.isMinor], ['issue.close', false]);
  assert.equal(updated({ state_id: change(2, 1) }).kind, 'issue.reopen');
  const duplicate = updated({ duplicated_to_id: change(null, 3) }, { action: 'close' });
  assert.equal(sentence(duplicate), 'mona closed issue #9 as a duplicate in acme/api: Uploads fail');
});

test('an epic is of its group', () => {
  const epic = { ...ISSUE, type: 'Epic', action: 'open', url: 'https://gitlab.com/groups/acme/web/-/work_items/9' };
  const activity = told('work_item', {
    object_kind: 'work_item',
    user: MONA,
    project: null,
    object_attributes: epic,
  });
  assert.equal(sentence(activity), 'mona opened epic &9 in acme/web: Uploads fail');
});

test('the mark of a draft is not said twice', () => {
  const about = {
    iid: 3,
    title: 'Draft: Retry uploads',
    action: 'open',
    source_branch: 'retry',
    target_branch: 'main',
  };
  const activity = told('merge_request', { user: MONA, project: PROJECT, object_attributes: about });
  assert.equal(sentence(activity), 'mona opened draft merge request !3 in acme/api: Retry uploads');
  assert.equal(activity.facets.isDraft, true);
});

test('projects, groups and people begin the sentence, by their old names where they have new ones', () => {
  const says = (type: string, payload: Json) => sentence(told(type, { event_name: type, ...payload }));
  const moved = { path_with_namespace: 'acme/api', old_path_with_namespace: 'lab/api' };
  assert.equal(says('project_create', moved), 'Project acme/api was created');
  assert.equal(says('project_transfer', moved), 'Project lab/api was moved to acme/api');
  assert.equal(says('project_rename', { name: 'api' }), 'Project api has a new name');
  assert.equal(says('group_rename', { full_path: 'b', old_full_path: 'a' }), 'Group a is now called b');
  assert.equal(says('user_rename', { username: 'hubot' }), 'hubot has a new name');
  const member = { user_username: 'hubot', group_path: 'acme', group_access: 'Maintainer' };
  assert.equal(says('user_update_for_group', member), 'hubot is now Maintainer in acme');
  assert.equal(says('user_access_request_denied_for_group', member), 'hubot was denied access to acme');
  assert.equal(says('user_add_to_group', { user_username: 'hubot' }), 'hubot was added');
});

test('the pipeline of a tag is compared with the one before of that tag', () => {
  const run = { id: 4, ref: 'v1.0.0', tag: true, status: 'failed', sha: 'a'.repeat(40) };
  const { result, facets } = told('pipeline', { project: PROJECT, object_attributes: run });
  assert.deepEqual([result?.key, facets.tag, facets.branch], ['gitlab pipeline acme/api v1.0.0', 'v1.0.0', null]);
});

test('a role that costs a seat waits, and is approved or denied', () => {
  const promotion = (type: string, action: string, attributes: Json) =>
    sentence(told(type, { object_kind: type, action, object_attributes: attributes, user_id: 123 }));
  assert.equal(
    promotion('gitlab_subscription_member_approval', 'enqueue', { new_access_level: 30, old_access_level: null }),
    'A role promotion to Developer waits for approval in GitLab',
  );
  assert.equal(
    promotion('gitlab_subscription_member_approvals', 'deny', { status: 'success' }),
    'A role promotion was denied in GitLab',
  );
});

test('what GitLab writes where nobody described the change of a wiki page is left out', () => {
  const page = (message: string) =>
    told('wiki_page', {
      user: MONA,
      project: PROJECT,
      object_attributes: { title: 'Home', action: 'update', message },
    }).said.excerpt;
  assert.equal(page('Update home'), null);
  assert.equal(page('How to deploy'), 'How to deploy');
});
