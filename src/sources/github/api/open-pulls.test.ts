import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startGithubDouble } from '../../../../tests/doubles/github-double.ts';
import { githubLife } from '../../../../tests/fixtures/github-life.ts';
import { systemClock } from '../../../shared/clock.ts';
import { Secret } from '../../../shared/secret.ts';
import { knowListed } from '../know/listed.ts';
import { createOpenPulls } from './open-pulls.ts';

const { pull, timeline } = githubLife(3).listed;
const REPO = '/repos/acme/api';

async function world() {
  const github = await startGithubDouble({ token: 'a-token' });
  const base = { ref: 'release/1', repo: { full_name: 'Acme/API', owner: { login: 'acme' } } };
  const pulls = Array.from({ length: 130 }, (_, index) => ({ ...pull, number: index + 1, base }));
  github.list(`${REPO}/pulls`, () => pulls);
  for (const { number } of pulls)
    github.list(`${REPO}/issues/${number}/timeline`, () => (number === 7 ? timeline : []));
  const settings = { apiUrl: github.url, token: new Secret('a-token'), version: '0', clock: systemClock };
  const ask = (signal = new AbortController().signal) => createOpenPulls(settings)('acme/api', signal);
  const needed = async () => {
    const answer = await ask();
    assert.ok(answer.ok);
    const branch = answer.value.find(({ thread }) => thread === 'acme/api branch release/1');
    return Object.fromEntries(branch?.facts.map(({ name, value }) => [name, value]) ?? []);
  };
  return { github, pulls, ask, needed, [Symbol.asyncDispose]: () => github[Symbol.asyncDispose]() };
}

test('every open pull request is asked for, page by page, with what happened to it', async () => {
  await using there = await world();
  const answer = await there.ask();
  assert.ok(answer.ok);
  assert.equal(answer.value.length, 131);
  assert.deepEqual(answer.value[6], knowListed(there.pulls[6], timeline)[0]);
  const asked = there.github.requests.map(({ path }) => path);
  assert.equal(asked[0], `${REPO}/pulls?state=open&sort=updated&direction=desc&per_page=100`);
  assert.match(asked[1] ?? '', /pulls\?.*state=open.*page=2/);
  assert.deepEqual(asked.slice(-2), [
    `${REPO}/rules/branches/release%2F1?per_page=100`,
    `${REPO}/branches/release%2F1/protection`,
  ]);
});

test('how many approvals a branch needs is the most of what rulesets and its protection say; unread protection is unknown', async () => {
  await using there = await world();
  const place = { noun: 'branch', place: 'Acme/API', base: 'release/1' };
  const rules = (...counts: readonly number[]) =>
    there.github.list(`${REPO}/rules/branches/release%2F1`, () =>
      counts.map((count) => ({ type: 'pull_request', parameters: { required_approving_review_count: count } })),
    );
  const protection = `${REPO}/branches/release%2F1/protection`;
  assert.deepEqual(await there.needed(), { ...place, needed: null }, 'neither may be read');
  rules();
  assert.deepEqual(await there.needed(), { ...place, needed: null }, 'protection may not be read');
  rules(1, 2);
  assert.deepEqual(await there.needed(), { ...place, needed: 2 });
  there.github.resource(protection, { required_pull_request_reviews: { required_approving_review_count: 3 } });
  assert.deepEqual(await there.needed(), { ...place, needed: 3 });
  rules();
  assert.deepEqual(await there.needed(), { ...place, needed: 3 });
  there.github.mount((request, response) => {
    if (request.url !== protection) return false;
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"Branch not protected"}');
    return true;
  });
  assert.deepEqual(await there.needed(), { ...place, needed: 0 });
});

test('what GitHub refuses is an answer, and so is giving up', async () => {
  await using there = await world();
  there.github.refuseNext(1, { status: 404, message: 'Not Found' });
  assert.deepEqual(await there.ask(), { ok: false, reason: 'GitHub answered 404: Not Found', mayPass: false });
  const reset = String(Math.floor(Date.now() / 1000) + 3_000);
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
  there.github.refuseNext(1, { status: 403, message: 'API rate limit exceeded', headers });
  assert.deepEqual(await there.ask(), {
    ok: false,
    reason: 'GitHub answered 403: API rate limit exceeded',
    mayPass: true,
  });
  const asked = there.github.requests.length;
  assert.equal((await there.ask(AbortSignal.abort())).ok, false);
  const settings = { apiUrl: there.github.url, token: new Secret('a-token'), version: '0', clock: systemClock };
  const odd = await createOpenPulls(settings)('acme/../..', new AbortController().signal);
  assert.deepEqual([odd.ok, there.github.requests.length], [false, asked]);
});
