import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { BacktestLine, Rules, RulesChecked, RulesTested, RulesWritten } from '../../src/http/api/answers/rules.ts';
import { dataDir, drained, openInbox } from '../support/data-dir.ts';
import { deliver, delivery } from '../support/github.ts';
import { heldToSchema } from '../support/held-to-schema.ts';
import { serverInProcess } from '../support/in-process.ts';
import { issueOpened } from '../support/payloads.ts';

const FILE = `destinations:
  team: { type: console }
  desk: { type: console }
rules:
  - name: news
    on: { issues: [opened] }
    to: [team]
tests:
  - name: an opened issue is told
    event: issues.opened
    expect: [team]
`;

/** As Slack makes them, and nobody's. */
const KEY = ['k3J9sQ2m', 'Wx8ZpL4v', 'Rt7YbN1c'].join('');

type Env = Readonly<Record<string, string>>;

async function serving(t: TestContext, file: string | null = FILE, env: Env = {}) {
  const dir = await dataDir();
  t.after(() => dir[Symbol.asyncDispose]());
  const path = join(dir.path, 'tidings.yaml');
  if (file !== null) writeFileSync(path, file);
  const server = await serverInProcess('start', dir.path, env);
  t.after(async () => void (await server.stop()));
  async function asks(method: string, at: string, body?: unknown, headers: Env = {}, signal?: AbortSignal) {
    return fetch(`http://localhost:${server.port}/api/v1${at}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: signal ?? null,
    });
  }
  async function ask<T>(
    method: string,
    at: string,
    body?: unknown,
    headers: Env = {},
  ): Promise<{ status: number; value: T; words: string }> {
    const response = await asks(method, at, body, headers);
    const text = await response.text();
    heldToSchema(method, at, { status: response.status, contentType: response.headers.get('content-type'), text });
    const value = response.headers.get('content-type')?.includes('ndjson')
      ? text
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line))
      : JSON.parse(text);
    return { status: response.status, value, words: value?.error?.message ?? '' };
  }
  return { dir: dir.path, path, server, ask, asks };
}

async function told(server: { readonly url: string }, dir: string, count: number): Promise<void> {
  for (let number = 1; number <= count; number++) await deliver(server.url, issueOpened(number));
  const inbox = await openInbox(dir);
  await drained(inbox);
  await inbox[Symbol.asyncDispose]();
}

test('rules are read in words, with the file and where they stand in it', async (t) => {
  const { ask, path } = await serving(t);
  const { value } = await ask<Rules>('GET', '/rules');
  assert.equal(value.file?.text, FILE);
  assert.equal(value.file.writable, true);
  assert.match(value.in_force, /^1 rule, loaded /);
  assert.deepEqual(
    value.rules.map(({ name, on, to, says, line }) => ({ name, on, to, says, line })),
    [{ name: 'news', on: ['issues.opened'], to: ['team'], says: 'issues.opened → team', line: 5 }],
  );
  assert.equal(value.tests, 1);
  writeFileSync(path, `${FILE}# more\n`);
  const again = await ask<Rules>('GET', '/rules');
  assert.notEqual(again.value.file?.etag, value.file.etag);
});

test('a text is checked and tested as if it were the file, and nothing comes of it', async (t) => {
  const { ask, path } = await serving(t);
  const good = await ask<RulesChecked>('POST', '/rules/check', { text: FILE });
  assert.deepEqual(good.value, { ok: true, problems: [], notes: [], rules: 1, tests: 1 });
  const bad = await ask<RulesChecked>('POST', '/rules/check', { text: FILE.replace('to: [team]', 'too: [team]') });
  const [problem] = bad.value.problems;
  assert.deepEqual([problem?.line, problem?.column], [7, 5]);
  assert.match(
    `${problem?.message}\n${problem?.excerpt}`,
    /too is not a key here.*\n.*7 \| {5}too: \[team\]\n.*\^\^\^/,
  );
  const tested = await ask<RulesTested>('POST', '/rules/test', { text: FILE.replace('[opened]', '[closed]') });
  assert.equal(tested.value.ok, false);
  assert.deepEqual(
    tested.value.results.map(({ name, ok }) => [name, ok]),
    [['an opened issue is told', false]],
  );
  assert.match(tested.value.results[0]?.lines.join('\n') ?? '', /expected {2}team\ngot {7}nobody/);
  assert.equal(readFileSync(path, 'utf8'), FILE);
});

test('a backtest tells event by event what would be otherwise, of the newest events', async (t) => {
  const { ask, server, dir } = await serving(t);
  await told(server, dir, 3);
  const text = FILE.replace('to: [team]', 'to: [desk]');
  const { value } = await ask<readonly BacktestLine[]>('POST', '/rules/backtest', { text, limit: 2 });
  const changes = value.filter((line) => line.kind === 'change');
  assert.deepEqual(
    changes.map(({ id }) => id),
    [2, 3],
  );
  assert.deepEqual(
    changes[0]?.no_longer_told.map(({ destination }) => destination),
    ['team'],
  );
  assert.deepEqual(
    changes[0]?.newly_told.map(({ destination, rule }) => [destination, rule]),
    [['desk', 'news']],
  );
  assert.deepEqual(value.at(-1), {
    kind: 'end',
    events: 2,
    fewer: 2,
    more: 2,
    same: 0,
    says: ['2 fewer, 2 more, 0 the same (over the newest 2 events). Nothing was sent.'],
  });
  const wrong = await ask<readonly BacktestLine[]>('POST', '/rules/backtest', { text: 'rules: []' });
  assert.equal(wrong.value.at(-1)?.kind, 'refused');
});

test('one backtest runs at a time, and whoever hangs up makes room for the next', async (t) => {
  const { ask, asks, server, dir } = await serving(t);
  await told(server, dir, 1);
  const gone = new AbortController();
  const first = await asks('POST', '/rules/backtest', { text: FILE }, {}, gone.signal);
  assert.equal(first.status, 200);
  const second = await ask('POST', '/rules/backtest', { text: FILE });
  assert.equal(second.status, 429);
  assert.match(second.words, /A backtest runs already/);
  gone.abort();
  // Its thread takes its time to end.
  for (;;) {
    const { status } = await ask('POST', '/rules/backtest', { text: FILE });
    if (status === 200) break;
    assert.equal(status, 429);
  }
});

test('a text is written over the file that was read, is in force at once, and stands in the audit list', async (t) => {
  const { ask, path } = await serving(t);
  const { value: read } = await ask<Rules>('GET', '/rules');
  const etag = read.file?.etag ?? '';
  const text = FILE.replace('name: news', 'name: other news');
  const written = await ask<RulesWritten>('PUT', '/rules/file', { text }, { 'If-Match': `"${etag}"` });
  assert.equal(written.status, 200, written.words);
  assert.equal(readFileSync(path, 'utf8'), text);
  assert.match(written.value.in_force, /^In force: 1 rule, loaded /);
  const { value: now } = await ask<Rules>('GET', '/rules');
  assert.equal(now.rules[0]?.name, 'other news');
  assert.equal(now.file?.etag, written.value.etag);
  const again = await ask('PUT', '/rules/file', { text: FILE }, { 'If-Match': etag });
  assert.equal(again.status, 412);
  assert.match(again.words, /changed since you opened it/);
  assert.equal(readFileSync(path, 'utf8'), text);
  const inbox = await openInbox(path.replace('/tidings.yaml', ''));
  const audited = await inbox.audited(0, 10);
  await inbox[Symbol.asyncDispose]();
  assert.deepEqual(
    audited.map(({ who, what, about }) => [who, what, about]),
    [
      ['somebody at this machine', 'write rules', 'tidings.yaml'],
      ['somebody at this machine', 'write rules', 'tidings.yaml'],
    ],
  );
  assert.match(audited[1]?.outcome ?? '', /1 line added, 1 removed\. SHA-256 [0-9a-f]{12} → [0-9a-f]{12}$/);
  assert.match(audited[0]?.outcome ?? '', /^refused: /);
});

test('what is wrong is not written, and neither is what only the file may change', async (t) => {
  const { ask, path } = await serving(t);
  const { value: read } = await ask<Rules>('GET', '/rules');
  const headers = { 'If-Match': read.file?.etag ?? '' };
  const texts = [
    FILE.replace('to: [team]', 'to: [nobody]'),
    FILE.replace('event: issues.opened', 'event: issues.nothing'),
    FILE.replace('team: { type: console }', 'team: { type: command, run: [sh, -c, id] }'),
    FILE.replace('name: news', 'name: "${HOME}"'),
    `${FILE}  - { name: a, payload: /etc/passwd, type: issues, expect: [] }\n`,
    `${FILE}# https://hooks.slack.com/services/T02AB3CD4/B05EF6GH7/${KEY}\n`,
    'rules: [',
    '',
  ];
  for (const text of texts) {
    const { status, words } = await ask('PUT', '/rules/file', { text }, headers);
    assert.equal(status, 422, text);
    assert.ok(words.length > 0);
    assert.doesNotMatch(words, /k3J9sQ2mWx8Zp|\/root|\/home\/\w/);
  }
  assert.equal((await ask('PUT', '/rules/file', { text: FILE })).status, 400);
  assert.equal((await ask('PUT', '/rules/file', { text: FILE }, { 'If-Match': '*' })).status, 400);
  assert.equal(readFileSync(path, 'utf8'), FILE);
});

test('a file with a secret in it is shown without, can be tried as it is shown, and is not written from here', async (t) => {
  const file = FILE.replace(
    '{ type: console }',
    `{ type: slack, webhook_url: "https://hooks.slack.com/services/T02AB3CD4/B05EF6GH7/${KEY}" }`,
  );
  const { ask, path } = await serving(t, file, { LOG_LEVEL: 'fatal' });
  const { value: read } = await ask<Rules>('GET', '/rules');
  assert.doesNotMatch(JSON.stringify(read), /k3J9sQ2mWx8Zp/);
  assert.equal(read.file?.writable, false);
  assert.match(read.file.why_not_writable ?? '', /A secret is written out in it/);
  const shown = read.file.text;
  const checked = await ask<RulesChecked>('POST', '/rules/check', {
    text: shown.replace('[opened]', '[opened, closed]'),
  });
  assert.deepEqual(checked.value.problems, []);
  const refused = await ask('PUT', '/rules/file', { text: shown }, { 'If-Match': read.file.etag });
  assert.equal(refused.status, 403);
  assert.equal(readFileSync(path, 'utf8'), file);
});

test('without a file there is a beginning, and it can be written once', async (t) => {
  const { ask, path } = await serving(t, null);
  const { value: read } = await ask<Rules>('GET', '/rules');
  assert.equal(read.file, null);
  assert.match(read.in_force, /^\d+ built-in rule/);
  const text = read.template ?? '';
  assert.deepEqual((await ask<RulesChecked>('POST', '/rules/check', { text })).value.problems, []);
  const written = await ask<RulesWritten>('PUT', '/rules/file', { text }, { 'If-Match': 'none' });
  assert.equal(written.status, 200, written.words);
  assert.equal(readFileSync(path, 'utf8'), text);
  assert.match(written.value.in_force, /^In force: 1 rule,/);
  assert.equal((await ask('PUT', '/rules/file', { text }, { 'If-Match': 'none' })).status, 412);
});

test('a file that an editor broke shows what is wrong, and which rules stay', async (t) => {
  const { ask, path, server } = await serving(t);
  writeFileSync(path, FILE.replace('to: [team]', 'too: [team]'));
  await server.printed(/cannot be used; those before stay in force/);
  const { value } = await ask<Rules>('GET', '/rules');
  assert.deepEqual(
    value.problems.map(({ line, column }) => [line, column]),
    [[7, 5]],
  );
  assert.match(value.in_force, /In force stay 1 rule/);
  const mended = await ask<RulesWritten>('PUT', '/rules/file', { text: FILE }, { 'If-Match': value.file?.etag ?? '' });
  assert.equal(mended.status, 200, mended.words);
  assert.match(mended.value.in_force, /^In force: 1 rule, loaded/);
});

test('whatever somebody makes of a text, it is answered in words, and webhooks are taken meanwhile', async (t) => {
  const { ask, server } = await serving(t);
  const head = FILE.slice(0, FILE.indexOf('rules:'));
  const bomb = `${head}a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
    .split('')
    .map((name, index) => `${name}: &${name} [${`*${'abcdefghi'[index]},`.repeat(9)}]\n`)
    .join('')}rules: [*j]\n`;
  const texts = [
    bomb,
    `${head}rules: ${'['.repeat(8_000)}`,
    `${head}rules: ${'['.repeat(1_000)}${']'.repeat(1_000)}`,
    `${head}? {a: b}\n: c\n`,
    '\0',
    '--- 1\n--- 2\n',
    `${head}rules:\n  - { on: push, repos: ["${'*a'.repeat(5_000)}"] }\n`,
  ];
  const checks = Promise.all(texts.map((text) => ask<RulesChecked>('POST', '/rules/check', { text })));
  const answered = await deliver(server.url, delivery('star', { action: 'created' }));
  assert.equal(answered.status, 200);
  for (const { status, value } of await checks) {
    assert.equal(status, 200);
    assert.equal(value.ok, false);
    assert.ok(JSON.stringify(value).length < 200_000);
  }
});

test('a file that cannot be read is said so, whatever is asked of it, and stays as it is', async (t) => {
  const { ask, path } = await serving(t, FILE, { LOG_LEVEL: 'fatal' });
  const { value: read } = await ask<Rules>('GET', '/rules');
  const headers = { 'If-Match': read.file?.etag ?? '' };
  for (const [make, why] of [
    [() => symlinkSync('tidings.yaml', path), /ELOOP/],
    [() => mkdirSync(path), /directory/],
    [() => writeFileSync(path, Buffer.from([0xff, 0xfe])), /not UTF-8/],
    [() => execFileSync('mkfifo', [path]), /a pipe/],
  ] as const) {
    rmSync(path, { recursive: true });
    make();
    const checked = await ask<RulesChecked>('POST', '/rules/check', { text: FILE });
    assert.match(checked.value.problems[0]?.message ?? checked.words, why);
    const tested = await ask<RulesTested>('POST', '/rules/test', { text: FILE });
    assert.match(tested.value.problems[0]?.message ?? tested.words, why);
    const [line] = (await ask<readonly BacktestLine[]>('POST', '/rules/backtest', { text: FILE })).value;
    assert(line?.kind === 'refused');
    assert.match(line.problems[0]?.message ?? '', why);
    const written = await ask('PUT', '/rules/file', { text: FILE }, headers);
    assert.equal(written.status, 403);
    assert.match(written.words, why);
    assert.ok(lstatSync(path, { throwIfNoEntry: false }));
  }
});
