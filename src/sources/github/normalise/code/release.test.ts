import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineBy } from '../../../../../tests/fixtures/line-by.ts';
import { PAIRS_CODE } from '../../../../../tests/fixtures/pairs/code.ts';
import { reasonOf, toldBy } from '../../../../../tests/fixtures/told.ts';
import { sample } from '../../samples/sample.ts';
import { packages } from './package.ts';
import { release } from './release.ts';

const PUBLISHED = sample('release.published', { n: 0, now: Date.UTC(2026, 0, 15) })?.payload;
const PACKAGE = PAIRS_CODE['package.updated'];

test('a release is told once: published, with its notes and its tag', () => {
  const said = toldBy(release, PUBLISHED);
  assert.deepEqual([said.headline, said.tone, said.tag, said.author], ['Release published', 'good', 'v2.0.0', 'mona']);
  assert.match(said.excerpt ?? '', /^- Retry uploads/);
  assert.match(reasonOf(release, PUBLISHED, { action: 'released' }), /the published event/);
  assert.equal(toldBy(release, PUBLISHED, { 'release.prerelease': true }).headline, 'Pre-release published');
});

test('a release is told by its tag and its name, or by the name alone where that holds the tag', () => {
  const named = (name: string | null, changes = {}) =>
    lineBy('release', PUBLISHED, { 'release.name': name, 'sender.login': 'mona', ...changes });
  assert.equal(named('Big uploads'), 'mona published release v2.0.0 in acme/api: Big uploads');
  assert.equal(named('Tidings 2.0.0: big uploads'), 'mona published release Tidings 2.0.0: big uploads in acme/api');
  for (const name of ['v2.0.0', '2.0.0', 'Release 2.0.0', 'Version v2.0.0', '', null]) {
    assert.equal(named(name), 'mona published release v2.0.0 in acme/api', String(name));
  }
  const small = { action: undefined, 'release.tag_name': undefined };
  assert.equal(named('Two', small), 'mona published release Two in acme/api');
  assert.equal(named(null, small), 'mona published a release in acme/api');
  const renamed = { action: 'edited', changes: { name: { from: 'Two' } } };
  assert.equal(named('Big uploads', renamed), 'mona renamed release v2.0.0 in acme/api: Big uploads · was: Two');
});

test('a pre-release that becomes a release, days later, is news', () => {
  const said = toldBy(release, PAIRS_CODE['release.released']);
  assert.deepEqual(
    [said.headline, said.tone, said.did],
    ['Pre-release promoted', 'good', 'promoted {it} to a full release'],
  );
});

test('an edit says what changed; one that changed nothing is skipped', () => {
  const changes = { name: { from: 'Two' }, body: { from: 'Notes' }, make_latest: { to: true } };
  const said = toldBy(release, PUBLISHED, { action: 'edited', changes });
  assert.deepEqual([said.facts, said.excerpt], [['was: Two', 'notes changed', 'now the latest'], null]);
  assert.match(reasonOf(release, PUBLISHED, { action: 'edited', changes: {} }), /neither name, tag nor notes/);
});

test('a package is named with its version', () => {
  const said = toldBy(packages, PACKAGE, { action: 'published' });
  assert.deepEqual([said.subject?.handle, said.facts, said.tag], ['acme-client 2.1.0', ['npm'], 'v2.1.0']);
  assert.equal(toldBy(packages, PACKAGE, { 'package.package_version': null }).subject?.handle, 'acme-client');
  const small = { action: undefined, package: {} };
  assert.equal(lineBy('package', PACKAGE, small), 'mona published a package in acme/api');
});

test('a container image is told by its tag, not once more for every architecture', () => {
  const image = (name: string) => ({
    action: 'published',
    'package.package_type': 'CONTAINER',
    'package.package_version.version': `sha256:${'3da1996a'.repeat(8)}`,
    'package.package_version.container_metadata': { tag: { name, digest: 'sha256:3da1996a' } },
  });
  assert.equal(toldBy(packages, PACKAGE, image('2.1.0')).subject?.handle, 'acme-client 2.1.0');
  assert.match(reasonOf(packages, PACKAGE, image('')), /told by its tag/);
});
