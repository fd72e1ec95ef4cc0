import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startGithubDouble } from './github-double.ts';

test('a right ETag is answered 304 and uses up nothing; a change is told', async () => {
  await using github = await startGithubDouble({ limit: 60, pollIntervalS: 7 });
  github.publish('acme/api', { id: '1' });
  const url = `${github.url}/repos/acme/api/events`;
  const first = await fetch(url);
  assert.deepEqual([first.status, first.headers.get('x-ratelimit-remaining')], [200, '59']);
  assert.equal(first.headers.get('x-poll-interval'), '7');
  const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
  const second = await fetch(url, { headers });
  assert.deepEqual([second.status, second.headers.get('x-ratelimit-remaining')], [304, '59']);
  github.publish('acme/api', { id: '2' });
  const third = await fetch(url, { headers });
  assert.deepEqual(await third.json(), [{ id: '2' }, { id: '1' }]);
  assert.deepEqual(
    github.requests.map(({ status, remaining }) => [status, remaining]),
    [
      [200, 59],
      [304, 59],
      [200, 58],
    ],
  );
});

test('lists come in pages of 30 with Link, and the Events API keeps 300', async () => {
  await using github = await startGithubDouble();
  github.publish('acme/api', ...Array.from({ length: 310 }, (_, id) => ({ id })));
  const pages = async (url: string | undefined): Promise<unknown[]> => {
    if (url === undefined) return [];
    const response = await fetch(url);
    const next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
    return [...((await response.json()) as unknown[]), ...(await pages(next))];
  };
  assert.equal((await pages(`${github.url}/repos/acme/api/events`)).length, 300);
  assert.equal(github.requests.length, 10);
});

test('at the limit it refuses until the window ends; planned refusals come first; a bad token and no path are told', async () => {
  await using github = await startGithubDouble({ limit: 2, token: 'good' });
  const ask = async (token: string) =>
    (await fetch(`${github.url}/x`, { headers: { authorization: `Bearer ${token}` } })).status;
  assert.equal(await ask('bad'), 401);
  github.refuseNext(1, { status: 429, headers: { 'retry-after': '1' } });
  assert.deepEqual([await ask('good'), await ask('good'), await ask('good'), await ask('good')], [429, 404, 404, 403]);
});
