import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAIRS_ADMINISTRATION as PAIRS } from '../../../../../tests/fixtures/pairs/administration.ts';
import { reasonOf, toldBy } from '../../../../../tests/fixtures/told.ts';
import { deployKey } from '../security/deploy-key.ts';
import { customPropertyValues } from './custom-property.ts';
import { meta } from './meta.ts';
import { madePublic, repository, repositoryImport } from './repository.ts';
import { fork, star, watch } from './stars.ts';

const REPOSITORY = PAIRS['repository.unarchived'];

test('renamed and transferred tell from what to what', () => {
  const renamed = toldBy(repository, REPOSITORY, {
    action: 'renamed',
    changes: { repository: { name: { from: 'uploads' } } },
  });
  assert.deepEqual([renamed.did, renamed.subject?.title], ['renamed uploads to {repo}', 'acme/api']);
  const from = { organization: { login: 'acme-labs' } };
  const transferred = toldBy(repository, REPOSITORY, { action: 'transferred', changes: { owner: { from } } });
  assert.equal(transferred.did, 'transferred {repo} from acme-labs');
  const forked = toldBy(fork, { ...REPOSITORY, forkee: { full_name: 'mona/api' } });
  assert.equal(forked.did, 'forked {repo} to mona/api');
});

test('a star and a repository made public are told once, by whichever event the hook brings first', () => {
  const starred = { ...REPOSITORY, action: 'created', starred_at: '2026-01-15T09:29:58Z' };
  const watched = { ...REPOSITORY, action: 'started', 'repository.updated_at': '2026-01-15T09:29:58Z' };
  const [one, other] = [toldBy(star, starred), toldBy(watch, REPOSITORY, watched)];
  assert.deepEqual([one.did, other.did, other.action], ['starred {repo}', 'starred {repo}', 'started']);
  assert.equal(one.happening, other.happening);
  const published = toldBy(repository, REPOSITORY, { action: 'publicized' });
  assert.equal(toldBy(madePublic, REPOSITORY, { action: undefined }).happening, published.happening);
});

test('edited tells what: the default branch from and to, texts as they are now', () => {
  const edit = (changes: Record<string, unknown>) => toldBy(repository, REPOSITORY, { action: 'edited', changes });
  const branch = edit({ default_branch: { from: 'master' } });
  assert.deepEqual(
    [branch.headline, branch.did],
    ['Default branch changed', 'changed the default branch of {repo} from master to main'],
  );
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
