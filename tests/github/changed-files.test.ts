import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { createChangedFiles } from '../../src/sources/github/api/changed-files.ts';
import { startGithubDouble } from '../doubles/github-double.ts';

const FILES = '/repos/acme/api/pulls/12/files';
const QUESTION = { repo: 'acme/api', pullRequest: 12 };
const NEVER = new AbortController().signal;

async function world(token = 'a-token') {
  const github = await startGithubDouble({ token: 'a-token' });
  const settings = { apiUrl: github.url, token: new Secret(token), version: '0', clock: systemClock };
  return { github, ask: createChangedFiles(settings), [Symbol.asyncDispose]: () => github[Symbol.asyncDispose]() };
}

test('all pages are read, and a file that was renamed counts under both names', async () => {
  await using at = await world();
  const files = Array.from({ length: 250 }, (_, n) => ({ filename: `src/${n}.ts` }));
  at.github.list(FILES, () => [...files, { filename: 'docs/new.md', previous_filename: 'docs/old.md' }, { odd: 1 }]);
  const answer = await at.ask(QUESTION, NEVER);
  assert.ok(answer.ok);
  assert.equal(answer.value.length, 252);
  assert.deepEqual(answer.value.slice(-2), ['docs/new.md', 'docs/old.md']);
  assert.equal(at.github.requests.length, 3);
});

test('a pull request or a repository that the token may not see is decided without its files', async () => {
  await using at = await world();
  const gone = await at.ask(QUESTION, NEVER);
  assert.deepEqual(gone, { ok: false, reason: 'GitHub answered 404: Not Found', mayPass: false });
  await using stranger = await world('wrong');
  const refused = await stranger.ask(QUESTION, NEVER);
  assert.deepEqual([refused.ok, refused.ok || refused.mayPass], [false, false]);
});

test('what passes is asked again: a limit that is used up', async () => {
  await using at = await world();
  at.github.refuseNext(1, { status: 403, message: 'API rate limit exceeded', headers: { 'retry-after': '3600' } });
  const answer = await at.ask(QUESTION, NEVER);
  assert.deepEqual([answer.ok, answer.ok || answer.mayPass], [false, true]);
});

test('nobody waits for an answer that does not come: not past the limit, and not past a stop', async (t) => {
  await using at = await world();
  const held: (() => void)[] = [];
  t.after(() => held.forEach((end) => end()));
  at.github.mount(async (_request, response) => {
    await new Promise<void>((resolve) => held.push(resolve));
    response.end('[]');
    return true;
  });
  const stop = new AbortController();
  const answer = at.ask(QUESTION, stop.signal);
  stop.abort();
  assert.deepEqual(await answer, { ok: false, reason: 'GitHub did not answer in time', mayPass: true });
  assert.deepEqual(await at.ask(QUESTION, stop.signal), await answer);
  const impatient = createChangedFiles({
    apiUrl: at.github.url,
    token: new Secret('a-token'),
    version: '0',
    clock: { ...systemClock, after: (_ms, fire) => systemClock.after(0, fire) },
  });
  const late = await impatient(QUESTION, NEVER);
  assert.deepEqual([late.ok, late.ok || late.mayPass], [false, true]);
});

test('a repository that is none is not asked for: it would become part of an address', async () => {
  await using at = await world();
  for (const repo of ['acme/..', '../../user', 'acme/api/../../x', 'acme', '', 'acme/a b', 'acme/api?x=1']) {
    const answer = await at.ask({ repo, pullRequest: 12 }, NEVER);
    assert.deepEqual([answer.ok, answer.ok || answer.mayPass], [false, false], repo);
  }
  assert.equal(at.github.requests.length, 0);
});
