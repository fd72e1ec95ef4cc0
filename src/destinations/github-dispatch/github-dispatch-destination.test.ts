import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DISPATCH_TOKEN, REPO, startDispatchDouble, WORKFLOW } from '../../../tests/doubles/github-dispatch-double.ts';
import { aNotification, anActivity, single } from '../../../tests/fixtures/activities.ts';
import { aDesk } from '../../../tests/fixtures/desk.ts';
import { systemClock } from '../../shared/clock.ts';
import { Secret } from '../../shared/secret.ts';
import { judgeAnswer } from './answer.ts';
import { channel } from './channel.ts';
import { fitted } from './fitted.ts';
import type { GithubDispatchSettings } from './settings.ts';
import { eventTypeProblem, githubTokenProblem, refProblem, repoProblem, workflowProblem } from './shapes.ts';

const NOW = 1_767_225_600_000;
const OPENING = {
  name: 'deploy',
  clock: { ...systemClock, now: () => NOW },
  terminal: { write: async () => {}, color: false, width: 100 },
  resign: async () => ({ ok: true, headers: {} }) as const,
  desk: aDesk(),
};
const TARGET = { repo: REPO, token: new Secret(DISPATCH_TOKEN), api_url: 'https://api.github.com' };

async function sending(api: string, more: Partial<GithubDispatchSettings> = {}) {
  const settings = { ...TARGET, api_url: api, allow_loop: false, ...more };
  const destination = await channel.open({ ...OPENING, settings });
  const context = { signal: new AbortController().signal, earlier: null };
  return (message = single(anActivity())) => destination.send(message, context);
}

test('a repository is told in one key, with an id that is the same at every try and new for a replay', async () => {
  await using github = await startDispatchDouble();
  github.plan({ status: 502 });
  const send = await sending(github.origin);
  assert.equal((await send()).kind, 'retry');
  assert.deepEqual(await send(), { kind: 'sent', answer: '204' });
  await send();
  await send({ kind: 'single', notification: { ...aNotification(anActivity()), isReplay: true } });
  const told = github.messages.map(({ client_payload: payload }) => (payload as { tidings: Told }).tidings);
  const [first, again, replayed] = told;
  assert.deepEqual(first, again);
  assert.match(first?.id ?? '', /^ntf_[0-9a-f]{32}$/);
  assert.notEqual(replayed?.id, first?.id);
  assert.deepEqual([github.messages[0]?.['event_type'], first?.type, first?.version], ['tidings', 'issues.opened', 1]);
  assert.deepEqual([first?.data.subject.handle, first?.data.repo.fullName], ['#12', 'acme/api']);
  assert.deepEqual(github.violations, []);
});

interface Told {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly data: { readonly subject: { readonly handle: string }; readonly repo: { readonly fullName: string } };
}

test('a workflow gets the activity as one input, or the inputs that are named, as texts', async () => {
  await using github = await startDispatchDouble({ inputs: ['tidings', 'title', 'number', 'branch', 'labels', 'bad'] });
  const send = await sending(github.origin, { workflow: WORKFLOW });
  await send();
  const inputs = {
    title: 'activity.subject.title',
    number: 'activity.pullRequest',
    branch: 'activity.branch',
    labels: 'activity.labels',
    bad: 'activity.tone == "bad"',
  };
  const named = await sending(github.origin, { workflow: WORKFLOW, inputs });
  await named(single(anActivity({ labels: ['bug', '"x"'], branch: 'a\u0007b', pullRequest: 12 })));
  await named();
  const [whole, one, less] = github.messages.map(({ inputs: given }) => given as Readonly<Record<string, string>>);
  assert.equal(JSON.parse(whole?.['tidings'] ?? '').data.subject.title, 'Uploads fail on Safari');
  const title = 'Uploads fail on Safari';
  assert.deepEqual(one, { title, number: '12', branch: 'ab', labels: '["bug","\\"x\\""]', bad: 'false' });
  assert.deepEqual(less, { title, number: '', branch: '', labels: '[]', bad: 'false' });
  assert.deepEqual([github.messages[0]?.['ref'], github.violations], ['main', []]);
});

test('inputs that are no expressions are told when it is opened', async () => {
  await assert.rejects(
    sending('https://api.test', { workflow: WORKFLOW, inputs: { title: 'activity.sujet' } }),
    (e: Error) => {
      assert.match(e.message, /^destination "deploy": inputs\.title .*sujet/);
      return true;
    },
  );
});

test('what GitHub has not is broken, with what to mend', async () => {
  await using github = await startDispatchDouble({ inputs: [] });
  const reasonOf = async (more: Partial<GithubDispatchSettings>) => {
    const outcome = await (await sending(github.origin, more))();
    return outcome.kind === 'broken' ? outcome.reason : outcome.kind;
  };
  assert.match(
    await reasonOf({ repo: 'acme/gone' }),
    /no acme\/gone that the token may see.*"Contents: read and write"/,
  );
  assert.match(
    await reasonOf({ workflow: 'gone.yml' }),
    /no workflow gone\.yml in acme\/api.*"Actions: read and write"/,
  );
  assert.match(await reasonOf({ workflow: WORKFLOW }), /does not have 'workflow_dispatch' trigger\): mend its/);
  assert.match(await reasonOf({ workflow: WORKFLOW, ref: 'gone' }), /No ref found for: gone/);
  assert.match(await reasonOf({ token: new Secret('github_pat_other') }), /refuses the token \(401 Bad credentials\)/);
  await using other = await startDispatchDouble({ inputs: ['name'] });
  const outcome = await (await sending(other.origin, { workflow: WORKFLOW }))();
  assert.match(outcome.kind === 'broken' ? outcome.reason : '', /Unexpected inputs provided/);
});

interface Case {
  readonly headers?: Readonly<Record<string, string>>;
  readonly text?: string;
}

const ANSWERS: readonly (readonly [status: number, given: Case, kind: string, waitMs?: number])[] = [
  [204, {}, 'sent'],
  [200, { text: '{"workflow_run_id":7}' }, 'sent'],
  [200, { text: '<html>Sign in' }, 'retry'],
  [200, { text: '{"message":"Not Found"}' }, 'retry'],
  [301, {}, 'broken'],
  [307, {}, 'broken'],
  [401, { text: '<html>' }, 'broken'],
  [403, { text: '{"message":"Resource not accessible by personal access token"}' }, 'broken'],
  [403, { headers: { 'retry-after': '42' } }, 'retry', 42_000],
  [403, { headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${NOW / 1000 + 90}` } }, 'retry', 90_000],
  [403, { text: '{"message":"You have exceeded a secondary rate limit."}' }, 'retry', 60_000],
  [403, { headers: { 'x-ratelimit-remaining': '12', 'x-ratelimit-reset': `${NOW / 1000 + 90}` } }, 'broken'],
  [429, {}, 'retry', 60_000],
  [429, { headers: { 'retry-after': '7' } }, 'retry', 7_000],
  [429, { headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' } }, 'retry', 1_000],
  [404, {}, 'broken'],
  [422, { text: '{"message":"client_payload is too large."}' }, 'rejected'],
  [400, { text: '{"message":"Problems parsing JSON"}' }, 'rejected'],
  [500, {}, 'retry'],
  [503, { headers: { 'retry-after': '5' } }, 'retry', 5_000],
];
for (const [status, { headers = {}, text = '' }, kind, waitMs] of ANSWERS) {
  test(`${status} ${text} ${Object.keys(headers).join(' ')} is ${kind}`, () => {
    const outcome = judgeAnswer({ kind: 'answered', status, headers: new Headers(headers), text }, TARGET, NOW);
    assert.deepEqual([outcome.kind, 'retryAfterMs' in outcome ? outcome.retryAfterMs : undefined], [kind, waitMs]);
  });
}

test('an answer of GitHub is told on one line, without what it may repeat of the token', () => {
  const text = JSON.stringify({ message: `bad ${DISPATCH_TOKEN}\n\u001b[31m` });
  const outcome = judgeAnswer({ kind: 'answered', status: 403, headers: new Headers(), text }, TARGET, NOW);
  const reason = 'reason' in outcome ? outcome.reason : '';
  assert.match(reason, /^the token may not start it \(403 bad \[secret\]/);
  assert.doesNotMatch(reason, /\p{Cc}/u);
});

test('what is too long is cut until it fits, lists and texts alike, between characters', () => {
  const long = {
    text: '👍'.repeat(9_000),
    list: Array.from({ length: 4_000 }, (_, n) => `path/${n}`),
    n: 1,
    none: null,
  };
  const made = fitted(long, 6_000) as typeof long;
  assert.ok(Buffer.byteLength(JSON.stringify(made)) <= 6_000);
  assert.ok(made.text.isWellFormed() && made.text.endsWith('…'));
  assert.deepEqual([made.list.length < 4_000, made.n, made.none], [true, 1, null]);
  assert.deepEqual(fitted({ a: ['b\u0000\u202e\nc'] }, 100), { a: ['b\nc'] });
});

test('what people paste that is none is told with what it should be', () => {
  assert.deepEqual([repoProblem('acme/api'), repoProblem('Acme-1/a.b_c')], [undefined, undefined]);
  for (const text of ['acme', 'https://github.com/acme/api', 'acme/api/x', 'acme/..', '../x', 'a b/c', 'acme/api\n'])
    assert.match(repoProblem(text) ?? '', /acme\/api/, text);
  assert.deepEqual([workflowProblem('deploy.yml'), workflowProblem('161335')], [undefined, undefined]);
  for (const text of ['.github/workflows/deploy.yml', 'Deploy', '..', 'a/b.yml'])
    assert.match(workflowProblem(text) ?? '', /deploy\.yml/, text);
  assert.deepEqual([refProblem('release/2.x'), refProblem('v2')], [undefined, undefined]);
  assert.match(refProblem('main branch') ?? '', /branch or a tag/);
  assert.equal(eventTypeProblem('issues.opened'), undefined);
  assert.match(eventTypeProblem('x'.repeat(101)) ?? '', /at most 100/);
  assert.equal(githubTokenProblem(DISPATCH_TOKEN), undefined);
  assert.match(githubTokenProblem('https://github.com') ?? '', /an address/);
  assert.match(githubTokenProblem('xoxb-1') ?? '', /another service/);
});
