import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { dataDir } from '../support/data-dir.ts';
import { deliver, delivery } from '../support/github.ts';
import { inProcess } from '../support/in-process.ts';
import { issueOpened, sampleDelivery } from '../support/payloads.ts';
import { runExample } from '../support/tidings-process.ts';

const BY_NAME = { NODE_OPTIONS: '--conditions=tidings-source' };
const DISCUSSION = {
  action: 'created',
  discussion: { number: 7, title: 'Where to next?', html_url: 'https://github.com/acme/api/discussions/7' },
  repository: { full_name: 'acme/api', html_url: 'https://github.com/acme/api' },
  sender: { login: 'mona', html_url: 'https://github.com/mona', type: 'User' },
};

test('notifier: tells issues and, by a branch of its own, discussions; once, and also after a restart', async () => {
  await using folder = await dataDir();
  await using first = await runExample('notifier', folder.path, [], BY_NAME);
  await first.printed(/Waiting/);
  const issue = issueOpened(1);
  assert.equal((await deliver(first.url, issue)).body.status, 'accepted');
  assert.equal((await deliver(first.url, issue)).body.status, 'duplicate');
  assert.equal((await deliver(first.url, sampleDelivery('star.created', 1))).status, 200);
  assert.equal((await deliver(first.url, { ...issue, secret: 'guess' })).status, 401);
  assert.equal((await deliver(first.url, delivery('discussion', DISCUSSION))).body.status, 'accepted');
  await first.printed(/Where to next/);
  assert.equal(await first.stop(), 0, first.output.stderr);

  const told = first.output.stdout.split('\n').filter((line) => line.startsWith('→'));
  assert.equal(told.length, 2, first.output.stdout);
  assert.match(told[0] ?? '', /opened issue #\d+ in /);
  assert.equal(told[1], '→ Discussion created in acme/api by mona: #7 Where to next?');

  await using again = await runExample('notifier', folder.path, [], BY_NAME);
  await again.printed(/Waiting/);
  await deliver(again.url, delivery('discussion', { ...DISCUSSION, action: 'deleted' }));
  await deliver(again.url, issueOpened(2));
  await again.printed(/→/);
  assert.equal(await again.stop(), 0, again.output.stderr);
  assert.equal(again.output.stdout.split('→').length - 1, 1, again.output.stdout);
});

test('notifier: `tidings send` is its event source, without any setting', async () => {
  await using folder = await dataDir();
  const none = { ...BY_NAME, GITHUB_WEBHOOK_SECRET: '' };
  await using notifier = await runExample('notifier', folder.path, [], none);
  await notifier.printed(/Waiting/);
  const line = /send issues\.opened --to (\S+)/.exec(notifier.output.stdout);
  const sent = await inProcess(['send', 'issues.opened', '--to', line?.[1] ?? ''], folder.path, {
    GITHUB_WEBHOOK_SECRET: '',
  });
  assert.equal(sent.code, 0, sent.stderr);
  await notifier.printed(/→ \S+ opened issue/);
});

test('notifier: is at most thirty lines', () => {
  const text = readFileSync(new URL('../../examples/notifier.ts', import.meta.url), 'utf8');
  assert.ok(text.split('\n').length <= 31);
});
