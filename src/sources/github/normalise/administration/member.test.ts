import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAIRS_ADMINISTRATION as PAIRS } from '../../../../../tests/fixtures/pairs/administration.ts';
import { reasonOf, toldBy } from '../../../../../tests/fixtures/told.ts';
import { personalAccessTokenRequest } from '../security/personal-access-token-request.ts';
import { member, membership } from './member.ts';
import { organization } from './organization.ts';
import { team, teamAdd } from './team.ts';

const MEMBER = PAIRS['member.removed'];
const TEAM = { name: 'Platform', slug: 'platform', html_url: 'https://github.com/orgs/acme/teams/platform' };

test('a collaborator is added by somebody, or joins by accepting', () => {
  const changes = { permission: { to: 'admin' } };
  const added = toldBy(member, MEMBER, { action: 'added', changes });
  assert.deepEqual([added.did, added.subject?.handle, added.facts], ['added {it} to {repo}', 'tomas-b', ['as admin']]);
  const joined = toldBy(member, MEMBER, { action: 'added', 'sender.login': 'tomas-b' });
  assert.equal(joined.did, 'joined {repo} as a collaborator');
});

test('a changed permission tells from what to what, as far as GitHub says', () => {
  const facts = (changes: unknown) => toldBy(member, MEMBER, { action: 'edited', changes }).facts;
  assert.deepEqual(facts({ permission: { from: 'write', to: 'admin' } }), ['write → admin']);
  assert.deepEqual(facts({ old_permission: { from: 'write' } }), ['was write']);
  assert.deepEqual(facts(undefined), []);
});

test('a team is named in the sentence, and cannot pose as a placeholder', () => {
  const event = { action: 'added', member: { login: 'priya-k' }, sender: { login: 'mona' }, team: TEAM };
  assert.equal(toldBy(membership, event).did, 'added {it} to team Platform');
  const odd = toldBy(membership, event, { 'team.name': '{it}\n{repo}' });
  assert.equal(odd.did, 'added {it} to team it repo');
});

test('who leaves with a deleted team, or leaves the organization, is told by that', () => {
  const event = {
    action: 'removed',
    scope: 'team',
    member: { login: 'priya-k' },
    team: { name: 'Platform', deleted: true },
  };
  assert.match(reasonOf(membership, event), /team\.deleted tells/);
  const left = { ...event, scope: 'organization', team: {} };
  assert.match(reasonOf(membership, left), /organization\.member_removed tells/);
});

test('who is invited by mail is not named', () => {
  const invitation = { login: null, email: 'priya@acme.example', role: 'admin', inviter: { login: 'mona' } };
  const said = toldBy(organization, PAIRS['organization.member_removed'], {
    action: 'member_invited',
    membership: undefined,
    invitation,
  });
  assert.deepEqual([said.subject?.title, said.facts], ['somebody, by mail', ['as owner']]);
  assert.doesNotMatch(JSON.stringify(said), /@acme/);
});

test('a team that may do more or less says so; a new name says the old one', () => {
  const event = {
    action: 'edited',
    team: TEAM,
    repository: { full_name: 'acme/api', permissions: { pull: true, push: true } },
  };
  const permission = toldBy(team, event, { changes: { repository: { permissions: { from: { pull: true } } } } });
  assert.deepEqual([permission.headline, permission.facts], ['Team permission changed', ['pull → push']]);
  assert.deepEqual(toldBy(team, event, { changes: { name: { from: 'Infra' } } }).facts, ['was Infra']);
  assert.deepEqual(toldBy(teamAdd, { team: { ...TEAM, permission: 'admin' } }).facts, ['may admin']);
});

test('an access token waits for approval: whose, for how much, how long', () => {
  const said = toldBy(personalAccessTokenRequest, PAIRS['personal_access_token_request.created']);
  assert.equal(said.tone, 'waiting');
  assert.deepEqual(said.facts, ['2 repositories', 'contents: write, pull requests: write', 'until 2026-04-12']);
  const approved = toldBy(personalAccessTokenRequest, PAIRS['personal_access_token_request.approved']);
  assert.deepEqual([approved.facts[0], approved.author], ['of priya-k', 'priya-k']);
});
