import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { tried } from '../../../tests/support/long-form.ts';
import { isPlaceholder } from './placeholder.ts';

test('what files and documents give as an example is known for one', () => {
  for (const text of [
    'change-me',
    'changeme',
    'CHANGE_ME',
    'change-me-openssl-rand-hex-32',
    'ChangeMe123',
    'change this please 4711',
    'replace-me',
    'replace-with-a-long-random-string',
    'REPLACE_THIS',
    'your-secret-here',
    'your_webhook_secret',
    'secret',
    'my-secret',
    'mysecret'.replace('ys', 'y-s'),
    'supersecret',
    'password',
    'Password1',
    'test',
    'admin',
    '<secret>',
    '{{ secret }}',
    '${GITHUB_WEBHOOK_SECRET}',
    '$(openssl rand -hex 32)',
    '…',
    'ghp_...',
    'xoxb-…',
    'xxx',
    'xxxxxxxxxxxxxxxx',
    '0000000000000000',
    '12345678',
    '1234567890123456',
    'abcdefgh',
    'hunter2',
    'letmein',
    'xoxb-your-token',
    'ghp_xxxxxxxxxxxxxxxxxxxx',
    'whsec_AAAAAAAAAAAAAAAAAAAA',
    "It's a Secret to Everybody",
    'https://hooks.slack.com/services/change/me',
    'https://hooks.slack.com/services/T000/B000/XXXXXXXX',
    'https://hooks.slack.com/services/T…/B…/…',
    'https://example.org/<key>',
    ' change-me\n',
  ]) {
    assert.equal(isPlaceholder(text), true, text);
  }
});

test('what somebody made is none', (t) => {
  tried(t, 1_000, 'random secrets');
  for (const text of [
    'a-secret-for-tests-and-benchmarks',
    'correct horse battery staple',
    'x',
    'changing-of-the-guard',
    'your'.repeat(9),
    'https://hooks.slack.com/services/T0123/B0123/abcDEF456',
    'https://example.org/in',
    'replacement-part-77f3',
  ]) {
    assert.equal(isPlaceholder(text), false, text);
  }
  for (let i = 0; i < 500; i++) {
    assert.equal(isPlaceholder(randomBytes(16).toString('hex')), false);
    assert.equal(isPlaceholder(`xoxb-${randomBytes(12).toString('base64url')}`), false);
  }
});

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FOLDERS = ['', 'deploy', 'docs', 'examples'];
const SETTING =
  /\b(?:GITHUB_WEBHOOK_SECRET|ADMIN_TOKEN|GITHUB_TOKEN|SLACK_BOT_TOKEN|SLACK_WEBHOOK_URL)["']?[=:] *["']?([^\s"'`,|)]+)/g;

test('every value that a file of ours gives to a secret is a placeholder, or made on the spot', () => {
  const found = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(?:md|ya?ml|toml|json|service)$|^Dockerfile$/.test(entry.name))
      .filter(({ name }) => name !== 'package-lock.json')
      .flatMap(({ name }) => [...readFileSync(join(ROOT, folder, name), 'utf8').matchAll(SETTING)])
      .map(([, value = '']) => value),
  );
  assert.ok(found.length > 5, 'some were found');
  assert.deepEqual(
    found.filter((value) => !isPlaceholder(value)),
    [],
  );
});
