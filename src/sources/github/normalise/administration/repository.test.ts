import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAIRS_ADMINISTRATION as PAIRS } from '../../../../../tests/fixtures/pairs/administration.ts';
import { reasonOf, toldBy } from '../../../../../tests/fixtures/told.ts';
import { deployKey } from '../security/deploy-key.ts';
import { customPropertyValues } from './custom-property.ts';
import { meta } from './meta.ts';
import { repository, repositoryImport } from './repository.ts';

const REPOSITORY = PAIRS['repository.unarchived'];

test('renamed and transferred tell from what to what', () => {
  const renamed = toldBy(repository, REPOSITORY, {
    action: 'renamed',
    changes: { repository: { name: { from: 'uploads' } } },
  });
  assert.deepEqual([renamed.did, renamed.subject?.title], ['renamed {repo}', 'uploads → api']);
  const from = { organization: { login: 'acme-labs' } };
  const transferred = toldBy(repository, REPOSITORY, { action: 'transferred', changes: { owner: { from } } });
  assert.equal(transferred.subject?.title, 'acme-labs → acme');
});

test('edited tells what: the default branch from and to, texts as they are now', () => {
  const edit = (changes: Record<string, unknown>) => toldBy(repository, REPOSITORY, { action: 'edited', changes });
  const branch = edit({ default_branch: { from: 'master' } });
  assert.deepEqual([branch.headline, branch.subject?.title], ['Default branch changed', 'master → main']);
  const description = edit({ description: { from: 'Uploads' } });
  assert.deepEqual(
    [description.headline, description.subject?.title],
    ['Repository description changed', 'The API behind every delivery'],
  );
  const both = edit({ default_branch: { from: 'master' }, topics: { from: [] } });
  assert.deepEqual(
    [both.headline, both.facts],
    ['Repository settings changed', ['default branch: master → main', 'topics']],
  );
  assert.equal(edit({}).headline, 'Repository settings changed');
});

test('a deleted repository is bad news, and its link leads to its owner', () => {
  const said = toldBy(repository, PAIRS['repository.deleted']);
  assert.deepEqual([said.tone, said.subject?.url, said.occurredAt], ['bad', 'https://github.com/acme', null]);
});

test('an import that failed is bad news', () => {
  const tone = (status: string) => toldBy(repositoryImport, REPOSITORY, { status }).tone;
  assert.deepEqual(['success', 'failure', 'cancelled'].map(tone), ['good', 'bad', 'neutral']);
});

test('a deploy key that can push says so, and the key itself is in no text', () => {
  const added = toldBy(deployKey, PAIRS['deploy_key.deleted'], { action: 'created' });
  assert.deepEqual([added.headline, added.tone], ['Writable deploy key added', 'waiting']);
  assert.doesNotMatch(JSON.stringify(added), /ssh-ed25519/);
  const reading = { action: 'created', 'key.read_only': true };
  assert.equal(toldBy(deployKey, PAIRS['deploy_key.deleted'], reading).headline, 'Deploy key added');
  assert.deepEqual(toldBy(deployKey, PAIRS['deploy_key.deleted']).facts, ['could push']);
});

test('custom properties tell only what changed', () => {
  const event = PAIRS['custom_property_values.updated'];
  const said = toldBy(customPropertyValues, event, { 'new_property_values.1.value': null });
  assert.equal(said.subject?.title, 'team: platform → payments');
  const same = { new_property_values: event?.['old_property_values'] };
  assert.match(reasonOf(customPropertyValues, event, same), /as it was/);
});

test('the end of the webhook is bad news, and its address is in no text', () => {
  const said = toldBy(meta, {
    action: 'deleted',
    hook_id: 101_047_067,
    hook: { type: 'Organization', config: { url: 'https://example.test/webhooks/github?key=abc' } },
    organization: { login: 'acme' },
  });
  assert.deepEqual([said.tone, said.facts], ['bad', ['organization webhook', 'hook 101047067']]);
  assert.equal(said.subject?.url, 'https://github.com/organizations/acme/settings/hooks');
  assert.doesNotMatch(JSON.stringify(said), /key=abc/);
});
