import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAIRS_ADMINISTRATION as PAIRS } from '../../../../../tests/fixtures/pairs/administration.ts';
import { toldBy } from '../../../../../tests/fixtures/told.ts';
import { installationTarget } from './app-account.ts';
import { installation, installationRepositories } from './installation.ts';
import { marketplacePurchase } from './marketplace-purchase.ts';
import { sponsorship } from './sponsorship.ts';

const INSTALLATION = {
  app_slug: 'tidings',
  html_url: 'https://github.com/organizations/acme/settings/installations/957387',
  account: { login: 'acme' },
  repository_selection: 'selected',
};
const REPOSITORIES = ['api', 'web', 'docs', 'infra', 'site'].map((name) => ({ full_name: `acme/${name}` }));

test('an installed app tells what it sees; without the app no more events come, which is bad news', () => {
  const event = {
    action: 'created',
    installation: INSTALLATION,
    repositories: REPOSITORIES,
    sender: { login: 'mona' },
  };
  const said = toldBy(installation, event, { requester: { login: 'priya-k' } });
  assert.deepEqual(said.facts, ['acme/api, acme/web, acme/docs and 2 more', 'requested by priya-k']);
  assert.equal(said.subject?.handle, 'tidings');
  assert.deepEqual(toldBy(installation, event, { 'installation.repository_selection': 'all' }).facts, [
    'all repositories',
  ]);
  assert.equal(toldBy(installation, event, { action: 'suspend' }).tone, 'bad');
  assert.equal(toldBy(installation, event, { action: 'deleted' }).tone, 'bad');
});

test('repositories given to an app are counted in the sentence and named beside it', () => {
  const event = { action: 'added', installation: INSTALLATION, repositories_added: REPOSITORIES.slice(0, 2) };
  const said = toldBy(installationRepositories, event);
  assert.deepEqual([said.did, said.facts], ['gave {it} access to 2 repositories', ['acme/api, acme/web']]);
  const all = toldBy(installationRepositories, event, { repository_selection: 'all' });
  assert.equal(all.did, 'gave {it} access to all repositories');
});

test('a renamed account is the place it has become', () => {
  const said = toldBy(installationTarget, PAIRS['installation_target.renamed']);
  assert.deepEqual([said.did, said.account], ['renamed the account acme-labs to {repo}', 'acme']);
});

test('a plan tells its seats and price, never the address the bill goes to', () => {
  const said = toldBy(marketplacePurchase, PAIRS['marketplace_purchase.pending_change']);
  assert.equal(said.subject?.title, 'Basic → Team');
  assert.deepEqual(said.facts, ['12 → 20 seats', '$25 a month a seat', 'from 2026-02-01']);
  assert.doesNotMatch(JSON.stringify(said), /@acme/);
});

test('more money is good news', () => {
  const raised = toldBy(sponsorship, PAIRS['sponsorship.tier_changed']);
  assert.deepEqual([raised.tone, raised.subject?.title], ['good', '$5 a month → $25 a month']);
  const lowered = toldBy(sponsorship, PAIRS['sponsorship.tier_changed'], {
    'sponsorship.tier': { name: '$1 a month', monthly_price_in_cents: 100 },
  });
  assert.deepEqual([lowered.headline, lowered.tone], ['Sponsorship lowered', 'neutral']);
});

test('the end of a sponsorship tells its day, and a private sponsor is marked', () => {
  const said = toldBy(sponsorship, PAIRS['sponsorship.pending_cancellation'], {
    'sponsorship.privacy_level': 'private',
    changes: { tier: { from: { name: '$10 a month' } } },
  });
  assert.equal(said.did, 'cancelled their sponsorship of {repo}, which ends on 2026-02-01');
  assert.equal(said.subject?.title, '$5 a month', 'the tier that ends');
  assert.deepEqual(said.facts, ['a private sponsor']);
});

test('a sponsor who is no longer shown did not change what they give', () => {
  const edited = (level: string) =>
    toldBy(sponsorship, PAIRS['sponsorship.tier_changed'], { action: 'edited', 'sponsorship.privacy_level': level });
  assert.equal(edited('private').did, 'made their sponsorship of {repo} private');
  assert.equal(edited('public').did, 'made their sponsorship of {repo} public');
  assert.deepEqual(edited('private').facts, []);
});
