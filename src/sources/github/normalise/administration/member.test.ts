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
  assert.deepEqual([added.did, added.subject?.handle], ['added {it} to {repo} as admin', 'tomas-b']);
  const joined = toldBy(member, MEMBER, { action: 'added', 'sender.login': 'tomas-b' });
  assert.equal(joined.did, 'joined {repo} as a collaborator');
});

test('a changed permission tells from what to what, as far as GitHub says', () => {
  const did = (changes: unknown) => toldBy(member, MEMBER, { action: 'edited', changes }).did;
  const access = "changed {it}'s access to {repo}";
  assert.equal(did({ permission: { from: 'write', to: 'admin' } }), `${access} from write to admin`);
  assert.equal(did({ old_permission: { from: 'write' } }), `${access}, which was write`);
  assert.equal(did(undefined), access);
});

test('people and teams are counted by what became of their access', () => {
  const part = (action: string) =>
    toldBy(team, { action, team: TEAM, repository: { full_name: 'acme/api' } }).sum?.part;
  assert.deepEqual(['added_to_repository', 'removed_from_repository', 'edited'].map(part), [
    'given access',
    'lost access',
    undefined,
  ]);
  assert.equal(toldBy(member, MEMBER, { action: 'edited' }).sum?.part, 'given other access');
  const joined = { action: 'added', member: { login: 'priya-k' }, team: TEAM };
  assert.deepEqual(toldBy(membership, joined).sum, { noun: 'team member', part: 'added', alone: null });
});

test('a team is named in the sentence, and cannot pose as a placeholder', () => {
  const event = { action: 'added', member: { login: 'priya-k' }, sender: { login: 'mona' }, team: TEAM };
  const added = toldBy(membership, event);
  assert.deepEqual([added.did, added.subject?.handle], ['added priya-k to {it}', 'Platform']);
  const odd = toldBy(membership, event, { 'member.login': '{it}\n{repo}' });
  assert.equal(odd.did, 'added it repo to {it}');
});

test('who leaves with a deleted team is told by that, and who leaves the organization once, whatever their teams', () => {
  const event = {
    action: 'removed',
    scope: 'team',
    member: { login: 'priya-k' },
    team: { name: 'Platform', deleted: true },
  };
  assert.match(reasonOf(membership, event), /team\.deleted tells/);
  const left = { ...event, scope: 'organization', team: {}, organization: { login: 'Acme' } };
  const said = toldBy(membership, left);
  assert.deepEqual([said.did, said.happening], ['removed {it} from {repo}', 'left acme priya-k']);
  const alsoLeft = toldBy(organization, PAIRS['organization.member_removed'], { 'membership.user.login': 'priya-k' });
  assert.equal(alsoLeft.happening, said.happening);
});

test('who is invited by mail is not named', () => {
  const invitation = { login: null, email: 'priya@acme.example', role: 'admin', inviter: { login: 'mona' } };
  const said = toldBy(organization, PAIRS['organization.member_removed'], {
    action: 'member_invited',
    membership: undefined,
    invitation,
  });
  assert.deepEqual([said.did, said.facts], ['invited somebody to {repo} by mail', ['as owner']]);
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
  assert.equal(toldBy(team, event, { changes: { name: { from: 'Infra' } } }).did, 'renamed team Infra to Platform');
});

test('a team that is given access is told once, by whichever event the hook brings first', () => {
  const event = { team: { ...TEAM, permission: 'admin' }, repository: { full_name: 'acme/api' } };
  const [one, other] = [toldBy(teamAdd, event), toldBy(team, { ...event, action: 'added_to_repository' })];
  assert.deepEqual([one.did, other.did], ['gave {it} admin access to {repo}', 'gave {it} admin access to {repo}']);
  assert.equal(one.happening, other.happening);
});

test('an access token waits for approval: whose, for how much, how long', () => {
  const said = toldBy(personalAccessTokenRequest, PAIRS['personal_access_token_request.created']);
  assert.equal(said.tone, 'waiting');
  assert.deepEqual(said.facts, ['2 repositories', 'contents: write, pull requests: write', 'until 2026-04-12']);
  const approved = toldBy(personalAccessTokenRequest, PAIRS['personal_access_token_request.approved']);
  assert.deepEqual([approved.facts[0], approved.author], ['of priya-k', 'priya-k']);
});
