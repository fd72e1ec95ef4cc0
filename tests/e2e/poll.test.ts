import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type EndpointDouble, startEndpointDouble } from '../doubles/endpoint-double.ts';
import { type GithubDouble, startGithubDouble } from '../doubles/github-double.ts';
import { configure, dataDir, drained, expireLeases, openInbox, records } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { beginInProcess, inProcess, serverInProcess } from '../support/in-process.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { sampleDelivery } from '../support/payloads.ts';
import { polledIssue, polledPullRequest, polledPush, polledStar, pullRequestDetail } from '../support/polled.ts';
import { runTidings } from '../support/tidings-process.ts';

const EVENTS = '/repos/acme/api/events?per_page=100&page=1';
const POLL = ['poll', 'acme/api', '--interval', '1'] as const;
const RULES = [
  { on: { issues: ['opened'], pull_request: ['opened', 'merged'], push: null, star: ['created'] }, to: 'endpoint' },
];

/** A repository, a place to tell, and a folder whose `tidings.yaml` connects them. */
async function scene(limits: { readonly limit?: number } = {}) {
  const stack = new AsyncDisposableStack();
  const github = stack.use(await startGithubDouble({ pollIntervalS: 1, ...limits }));
  const endpoint = stack.use(await startEndpointDouble());
  const dir = stack.use(await dataDir());
  github.publish('acme/api', polledIssue(1, 'before'));
  await configure(dir.path, { destinations: { endpoint: { type: 'http', url: endpoint.url } }, rules: RULES });
  const env = { GITHUB_API_URL: github.url };
  return {
    github,
    endpoint,
    dir: dir.path,
    env,
    poll: () => runTidings(POLL, dir.path, env),
    pollHere: (...args: string[]) => beginInProcess([...POLL, ...args], dir.path, env),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

const looks = (github: GithubDouble) => github.requests.filter(({ path }) => path === EVENTS);
const titles = ({ told }: EndpointDouble) => told.map(({ kind, title }) => `${kind} ${title}`);

function toldAll(endpoint: EndpointDouble, count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`told only ${titles(endpoint).join(', ')}`)), PATIENCE_MS);
    const look = () => {
      if (endpoint.told.length < count) return;
      clearTimeout(timer);
      resolve();
    };
    endpoint.onTold = look;
    look();
  });
}

describe('tidings poll', { concurrency: 2 }, () => {
  test('told from now on, once, over kill -9 and restart; 304s cost nothing; details are fetched where a rule needs them', async () => {
    await using at = await scene();
    const { github, endpoint, dir } = at;
    const first = await at.poll();
    await first.printed(/telling what happens in acme\/api from now on/);
    await github.waitFor(() => looks(github).some(({ status }) => status === 304));
    assert.equal(github.rate.used, 1);

    github.resource('/repos/acme/api/pulls/7', pullRequestDetail(7, 'Retry uploads'));
    github.resource('/repos/acme/api/compare/a1...b2', {
      status: 'ahead',
      html_url: 'https://x.test',
      commits: [{ sha: 'b2', commit: { message: 'Fix it' } }],
    });
    github.publish(
      'acme/api',
      polledIssue(2),
      polledPullRequest('opened', 7),
      polledPullRequest('labeled', 8),
      polledPush('a1', 'b2'),
    );
    await toldAll(endpoint, 3);

    // Killed in the middle: issue 3 is stored and told, the details of 9 are asked for, the cursor is not kept yet.
    let hangs = true;
    github.mount((_request, _response, { pathname }) => hangs && pathname === '/repos/acme/api/pulls/9');
    github.publish('acme/api', polledIssue(3), polledPullRequest('opened', 9));
    await toldAll(endpoint, 4);
    await using inbox = await openInbox(dir);
    await drained(inbox);
    await first.kill();
    hangs = false;
    github.resource('/repos/acme/api/pulls/9', pullRequestDetail(9, 'Log backups'));

    // While nobody polls: more than a page, and what was told is still on the list.
    github.publish('acme/api', polledStar('hubot'), ...Array.from({ length: 120 }, (_, n) => polledIssue(100 + n)));
    await expireLeases(inbox);
    const second = await at.pollHere('--report');
    await toldAll(endpoint, 126);
    const seen = looks(github).length;
    await github.waitFor(() => looks(github).length > seen);
    assert.equal(await second.stop(), 0);
    assert.match(second.output.stdout, /^poll +\d+ +\d+ +122 +[\d.]+ m?s/m);
    assert.match(second.output.stdout, /^webhooks +0 +0 +0 +– +–$/m);

    assert.deepEqual(titles(endpoint).slice(0, 6), [
      'issues.opened Issue 2',
      'pull_request.opened Retry uploads',
      'push Fix it',
      'issues.opened Issue 3',
      'pull_request.opened Log backups',
      'star.created acme/api',
    ]);
    assert.equal(new Set(titles(endpoint)).size, 126);
    assert.equal(endpoint.told.length, 126);
    const details = github.requests.filter(({ path }) => !path.includes('/events'));
    assert.deepEqual(
      details.map(({ path }) => path),
      ['/repos/acme/api/pulls/7', '/repos/acme/api/compare/a1...b2', '/repos/acme/api/pulls/9'],
    );
    // 304s used up nothing; the one question that was never answered did.
    const answered = github.requests.filter(({ status }) => status !== 304).length;
    assert.equal(github.rate.used, answered + 1);
  });

  test('what came by webhook is not told again by polling, nor the other way round', async () => {
    await using at = await scene();
    const { github, endpoint, dir, env } = at;
    await using server = await serverInProcess('start', dir, env);
    await using poller = await at.pollHere();
    await poller.printed(/from now on/);

    const numbered = sampleDelivery('pull_request.merged', 1);
    const payload = JSON.parse(numbered.body.toString());
    payload.repository.full_name = 'acme/api';
    const { number } = payload.pull_request;
    await deliver(server.url, { ...numbered, body: Buffer.from(JSON.stringify(payload)) });
    await toldAll(endpoint, 1);
    github.resource(`/repos/acme/api/pulls/${number}`, pullRequestDetail(number, 'Retry uploads', { merged: true }));
    github.publish('acme/api', polledPullRequest('merged', number), polledStar('hubot'));
    await toldAll(endpoint, 2);

    const star = sampleDelivery('star.created', 2);
    const starred = JSON.parse(star.body.toString());
    starred.repository.full_name = 'acme/api';
    starred.sender.login = 'hubot';
    await deliver(server.url, { ...star, body: Buffer.from(JSON.stringify(starred)) });
    await using inbox = await openInbox(dir);
    await drained(inbox);
    const all = await records(inbox);
    assert.deepEqual(
      all.map(({ origin, type, state, reason }) => [origin, type, state, reason]),
      [
        ['webhook', 'pull_request', 'routed', null],
        ['poll', 'pull_request', 'skipped', 'already told as event 1'],
        ['poll', 'star', 'routed', null],
        ['webhook', 'star', 'skipped', 'already told as event 3'],
      ],
    );
    assert.deepEqual(
      endpoint.told.map(({ kind }) => kind),
      ['pull_request.merged', 'star.created'],
    );
  });

  test('Retry-After and X-RateLimit-Reset are obeyed, and nothing is missed', async () => {
    await using at = await scene();
    const { github, endpoint } = at;
    await using poller = await at.pollHere();
    await poller.printed(/from now on/);
    const waits: number[] = [];
    for (const [status, headers] of [
      [429, () => ({ 'retry-after': '1' })],
      [403, () => ({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 1) })],
    ] as const) {
      const stated = headers();
      github.refuseNext(1, { status, headers: stated });
      const isRefused = (request: { status: number }) => request.status === status;
      await github.waitFor((requests) => requests.some(isRefused) && !requests.slice(-1).some(isRefused));
      const at = github.requests.findIndex(isRefused);
      const [refused, next] = github.requests.slice(at);
      assert(refused && next);
      const reset = 'x-ratelimit-reset' in stated ? Number(stated['x-ratelimit-reset']) * 1000 : refused.at + 1_000;
      waits.push(next.at - reset);
    }
    // Never before; on a busy machine later, but long before the next minute's turn.
    for (const late of waits) assert(late >= -20 && late < 30_000, `asked ${waits.join(' and ')} ms after it might`);
    assert.match(poller.output.stderr, /GitHub asks us to wait \(429\): asking again in 1 s/);
    github.publish('acme/api', polledIssue(2));
    await toldAll(endpoint, 1);
  });

  test('well before the limit it slows down, and says so', async () => {
    await using at = await scene({ limit: 60 });
    at.github.rate.used = 49;
    await using poller = await at.pollHere();
    await poller.printed(/10 of 60 requests left until .*Z: slowing down, asking every 7\d\d s/);
    assert.equal(at.github.requests.length, 1);
  });

  test('a repository that is gone or private, and a bad token, are one clear error each, not a loop', async () => {
    await using github = await startGithubDouble({ token: 'good' });
    await using dir = await dataDir();
    const env = { GITHUB_API_URL: github.url };
    const gone = await inProcess(['poll', 'acme/secret'], dir.path, env);
    assert.equal(gone.code, 3);
    assert.match(
      gone.stderr,
      /^Error: GitHub shows no repository acme\/secret \(404\): it is misspelt, deleted, or private/m,
    );
    const bad = await inProcess(['poll', 'acme/api'], dir.path, { ...env, GITHUB_TOKEN: 'bad-token' });
    assert.equal(bad.code, 1);
    assert.match(bad.stderr, /^Error: GitHub does not accept this GITHUB_TOKEN \(401\)/m);
    assert.doesNotMatch(bad.stderr, /bad-token/);
    assert.deepEqual(
      github.requests.map(({ status }) => status),
      [404, 401],
    );
  });

  test('--once --since looks back, tells, and ends', async () => {
    await using at = await scene();
    const { code, stdout, stderr } = await inProcess(
      ['poll', 'acme/api', '--once', '--since', '1h', '--report', '--json'],
      at.dir,
      at.env,
    );
    assert.equal(code, 0, stderr);
    assert.deepEqual(titles(at.endpoint), ['issues.opened before']);
    const report = JSON.parse(stdout);
    assert.deepEqual([report.poll.requests, report.poll.unchanged, report.poll.found], [1, 0, 1]);
  });
});
