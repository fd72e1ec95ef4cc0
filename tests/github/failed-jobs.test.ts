import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StoredEvent } from '../../src/model/event.ts';
import { type Clock, systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { createFailedJobs } from '../../src/sources/github/api/failed-jobs.ts';
import { normalise } from '../../src/sources/github/normalise.ts';
import { sample } from '../../src/sources/github/samples/sample.ts';
import { startGithubDouble } from '../doubles/github-double.ts';

const NEVER = new AbortController().signal;
const JOBS = '/repos/acme/api/actions/runs/7/attempts/2/jobs';

async function world(clock: Clock = systemClock) {
  const github = await startGithubDouble({ token: 'a-token' });
  const ask = createFailedJobs({ apiUrl: github.url, token: new Secret('a-token'), version: '0', clock });
  return { github, ask, [Symbol.asyncDispose]: () => github[Symbol.asyncDispose]() };
}

/** A run as GitHub sends it, and what is said of it. */
function ran(changes: object = {}, name = 'workflow_run.completed') {
  const made = sample(name, { n: 1, now: Date.UTC(2026, 0, 15) });
  assert.ok(made);
  const run = { ...(made.payload['workflow_run'] as object), id: 7, run_attempt: 2, conclusion: 'failure', ...changes };
  const body = Buffer.from(JSON.stringify({ ...made.payload, workflow_run: run }));
  const event = {
    id: 1,
    source: 'github',
    type: made.type,
    guid: 'g',
    origin: 'webhook',
    headers: {},
    body,
    replays: 0,
  };
  const normalised = normalise(event as unknown as StoredEvent);
  assert.equal(normalised.kind, 'activity');
  return [event as unknown as StoredEvent, normalised.activity] as const;
}

const job = (name: string, conclusion: string | null, ...steps: readonly (readonly [string, string | null])[]) => ({
  name,
  conclusion,
  steps: steps.map(([name, conclusion], n) => ({ name, conclusion, number: n + 1, status: 'completed' })),
});
const listed = (...jobs: readonly unknown[]) => ({ total_count: jobs.length, jobs });

test('the jobs that failed are named with the step that failed: two of them, and how many more', async () => {
  await using at = await world();
  const test = job(
    'test (ubuntu)',
    'failure',
    ['Check out', 'success'],
    ['npm test', 'failure'],
    ['Report', 'failure'],
  );
  const facts = async (answer: object) => {
    at.github.resource(JOBS, answer);
    return at.ask(...ran(), NEVER);
  };
  const says = (...value: readonly string[]) => ({ ok: true, value });
  const passed = job('lint', 'success', ['eslint', 'success']);
  assert.deepEqual(await facts(listed(passed, test)), says('failed: test (ubuntu) › npm test'));
  const lost = job('deploy', 'timed_out', ['Roll out', 'cancelled']);
  assert.deepEqual(await facts(listed(test, lost)), says('failed: test (ubuntu) › npm test, deploy'));
  const many = [lost, test, lost, lost];
  assert.deepEqual(await facts(listed(...many)), says('failed: deploy, test (ubuntu) › npm test and 2 more'));
  assert.deepEqual(
    await facts({ ...listed(...many), total_count: 140 }),
    says('failed: deploy, test (ubuntu) › npm test and at least 2 more'),
  );
  assert.deepEqual(await facts(listed(passed, job('build', 'cancelled'), job('later', null))), says());
  assert.deepEqual(await facts({ odd: true }), says());
  assert.equal(
    at.github.requests.every(({ path }) => path === `${JOBS}?per_page=100`),
    true,
  );
});

test('names are one line and short, whatever somebody calls a job', async () => {
  await using at = await world();
  at.github.resource(
    JOBS,
    listed(job(`a\n\u0007\u202E${'b'.repeat(5_000)}`, 'failure', ['*<!here>*\r\n', 'failure']), 3, null),
  );
  const answer = await at.ask(...ran(), NEVER);
  assert.ok(answer.ok);
  assert.match(answer.value.join('|'), /^failed: a b{57}… › \*<!here>\*$/);
});

test('only a run that failed is asked about, in a repository that is one', async () => {
  await using at = await world();
  const [event, activity] = ran();
  for (const [other, said] of [
    ran({ conclusion: 'success' }),
    ran({ conclusion: 'cancelled' }),
    ran({ id: 'seven' }),
    ran({ id: 7.5 }),
    [event, { ...activity, place: { name: '../user', url: null } }],
    [event, { ...activity, kind: 'workflow_job.completed' }],
  ] as const) {
    assert.deepEqual(await at.ask(other, said, NEVER), { ok: true, value: [] });
  }
  assert.equal(at.github.requests.length, 0);
});

test('it is asked once: a refusal is no reason to wait, and a limit is kept to', async () => {
  let ahead = 0;
  const clock = { ...systemClock, now: () => systemClock.now() + ahead };
  await using at = await world(clock);
  const reason = async () => {
    const answer = await at.ask(...ran(), NEVER);
    return answer.ok ? answer.value : answer.reason;
  };
  at.github.refuseNext(1, { status: 403, message: 'Resource not accessible by personal access token' });
  assert.equal(await reason(), 'GitHub answered 403: Resource not accessible by personal access token');
  assert.equal(await reason(), 'GitHub answered 404: Not Found');
  at.github.refuseNext(1, { status: 403, message: 'API rate limit exceeded', headers: { 'retry-after': '3600' } });
  assert.equal(await reason(), 'GitHub answered 403: API rate limit exceeded');
  at.github.resource(JOBS, listed(job('test', 'failure')));
  ahead = 3_500_000;
  assert.equal(await reason(), 'GitHub is left alone for a while');
  ahead = 3_700_000;
  assert.deepEqual(await reason(), ['failed: test']);
  at.github.refuseNext(1, { status: 502 });
  assert.match(String(await reason()), /^GitHub answered 502/);
  assert.equal(await reason(), 'GitHub is left alone for a while');
  assert.equal(at.github.requests.length, 5);
});

test('nobody waits for an answer that does not come: not past the limit, and not past a stop', async (t) => {
  await using at = await world({ ...systemClock, after: (_ms, fire) => systemClock.after(0, fire) });
  const held: (() => void)[] = [];
  t.after(() => held.forEach((end) => end()));
  at.github.mount(async (_request, response) => {
    await new Promise<void>((resolve) => held.push(resolve));
    response.end('{}');
    return true;
  });
  const late = { ok: false, reason: 'GitHub did not answer in time', mayPass: true };
  assert.deepEqual(await at.ask(...ran(), NEVER), late);
  await using stopping = await world();
  assert.deepEqual(await stopping.ask(...ran(), AbortSignal.abort()), late);
});
