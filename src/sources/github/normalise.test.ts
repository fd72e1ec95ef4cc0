import assert from 'node:assert/strict';
import { test } from 'node:test';
import { githubExamples } from '../../../tests/fixtures/github-examples.ts';
import { TONES } from '../../model/activity.ts';
import type { StoredEvent } from '../../model/event.ts';
import { type FlatActivity, flatActivity } from '../../model/flat-activity.ts';
import type { Normalised } from '../../model/source.ts';
import { normalise } from './normalise.ts';
import { setPath } from './samples/apply-set.ts';
import { sample } from './samples/sample.ts';

const scene = { n: 0, now: Date.UTC(2026, 0, 15, 9, 30) };

function event(type: string, body: unknown, contentType = 'application/json'): StoredEvent {
  return {
    id: 1,
    origin: 'webhook',
    source: 'github',
    deliveryId: '7:guid',
    guid: 'guid',
    type,
    headers: { 'content-type': contentType },
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    receivedAt: scene.now,
    storedAt: scene.now,
    replays: 0,
    settled: null,
  };
}

/** Normalises the sample called `name` after changing some of its fields. */
function told(name: string, changes: Readonly<Record<string, unknown>> = {}): Normalised {
  const made = sample(name, scene);
  assert.ok(made);
  for (const [path, value] of Object.entries(changes)) setPath(made.payload, path, value);
  return normalise(event(made.type, made.payload));
}

/** By the names of normalisers, where they are. */
function flat({ activity: said }: Extract<Normalised, { kind: 'activity' }>): FlatActivity {
  return flatActivity({ activity: said, transition: null });
}

function activity(name: string, changes?: Readonly<Record<string, unknown>>): FlatActivity {
  const result = told(name, changes);
  assert.equal(result.kind, 'activity', JSON.stringify(result));
  return flat(result);
}

function reason(result: Normalised): string {
  assert.equal(result.kind, 'skip', JSON.stringify(result));
  return result.reason;
}

function assertWellFormed(result: Normalised): void {
  if (result.kind !== 'activity') {
    assert.ok(result.reason.length > 0 && result.reason.length < 400);
    return;
  }
  const said = flat(result);
  assert.ok(said.kind.startsWith(said.type) && said.headline !== '' && TONES.includes(said.tone));
  assert.ok((said.excerpt ?? 'x').length > 0 && (said.excerpt ?? '').length <= 3_000);
  for (const fact of said.facts) assert.ok(typeof fact === 'string' && fact !== '');
  for (const label of said.labels) assert.equal(typeof label, 'string');
  if (said.subject) assert.match(said.subject.url, /^https?:\/\//);
  assert.ok(said.occurredAt === null || Number.isFinite(said.occurredAt));
}

test('all 329 payloads of octokit are told or skipped with a reason', () => {
  const examples = githubExamples();
  assert.equal(examples.length, 329);
  let toldCount = 0;
  for (const { type, payload } of examples) {
    const result = normalise(event(type, payload));
    assertWellFormed(result);
    if (result.kind === 'activity') toldCount += 1;
  }
  // The rest are echoes and edits that changed nothing: tests/golden/github/ has each with its reason.
  assert.ok(toldCount > 280, `${toldCount}`);
});

test('a field that is dropped, null or of another type gives a plainer message, never an error', () => {
  const others = [7, 'x', true, [], {}, [null], -1.5];
  let turn = 0;
  const seen = new Set<string>();
  for (const { type, payload } of githubExamples()) {
    if (seen.has(type) || normalise(event(type, payload)).kind === 'skip') continue;
    seen.add(type);
    for (const path of pathsOf(payload)) {
      for (const value of [undefined, null, others[turn++ % others.length]]) {
        const changed = structuredClone(payload);
        setPath(changed, path, value);
        assertWellFormed(normalise(event(type, changed)));
      }
    }
  }
  assert.ok(seen.size >= 11, `only ${[...seen].join()} were tried`);
});

function pathsOf(payload: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(payload).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null
      ? [key, ...Object.keys(value).map((inner) => `${key}.${inner}`)]
      : [key],
  );
}

test('a merged pull request tells where it landed, how large it is and whose it was', () => {
  const said = activity('pull_request.merged', { 'sender.login': 'hubot' });
  assert.equal(said.kind, 'pull_request.merged');
  assert.equal(said.headline, 'Pull request merged');
  assert.equal(said.tone, 'done');
  assert.deepEqual(said.subject, {
    noun: 'pull request',
    handle: '#512',
    title: 'Retry uploads after a dropped connection',
    url: 'https://github.com/acme/api/pull/512',
  });
  assert.equal(said.did, "merged mona's {it} into main");
  assert.deepEqual(said.facts.slice(0, 2), ['merged by octo-dev', 'from retry-uploads']);
  assert.equal(said.actor?.login, 'hubot');
  assert.deepEqual(said.repo, { fullName: 'acme/api', url: 'https://github.com/acme/api' });
  assert.deepEqual([said.branch, said.head, said.isDraft], ['main', 'retry-uploads', false]);
  assert.deepEqual(said.labels, ['bug']);
  assert.equal(said.occurredAt, scene.now);
  assert.equal(said.dedupKey, 'github:guid:pull_request.merged');
});

test('an edited comment with the same words is skipped', () => {
  const same = { 'comment.body': 'As it was', 'changes.body.from': 'As it was' };
  for (const name of ['issue_comment.edited', 'pull_request_review_comment.edited']) {
    assert.equal(activity(name).excerpt, 'I can reproduce this on `main`. Bisecting now.');
    assert.match(reason(told(name, same)), /the words did not change/);
  }
});

test('a comment on a pull request is told apart from one on an issue', () => {
  assert.equal(activity('issue_comment.created').headline, 'New comment on issue');
  const said = activity('issue_comment.created', { 'issue.pull_request': { url: 'https://api.github.com/x' } });
  assert.deepEqual([said.headline, said.subject?.noun], ['New comment on pull request', 'pull request']);
});

test('a deleted comment is not quoted', () => {
  const said = activity('issue_comment.deleted');
  assert.deepEqual([said.excerpt, said.subject?.url], [null, 'https://github.com/acme/api/issues/41']);
});

test('why an issue was closed decides its words', () => {
  assert.equal(activity('issues.closed').tone, 'done');
  const dropped = activity('issues.closed', { 'issue.state_reason': 'not_planned' });
  assert.deepEqual([dropped.headline, dropped.tone], ['Issue closed as not planned', 'neutral']);
});

test('the excerpt has no HTML comments, at most 3,000 characters and whole code points', () => {
  const excerpt = (body: string) => activity('issues.opened', { 'issue.body': body }).excerpt;
  assert.equal(excerpt('<!-- fill in\nthe form -->\nIt fails.<!-- more -->'), 'It fails.');
  assert.equal(excerpt('It fails. <!-- never closed'), 'It fails.');
  assert.equal(excerpt('<!-- only this -->'), null);
  const long = excerpt('😀'.repeat(2_000)) ?? '';
  assert.ok(long.length <= 3_000 && long.length > 2_990);
  assert.ok(long.isWellFormed() && long.endsWith('😀…'));
});

test('what no payload dates is told once a day, by receipt', () => {
  const publicised = { repository: { full_name: 'acme/api' } };
  const result = normalise(event('public', publicised));
  assert.equal(result.kind === 'activity' && result.activity.keys.dedup, 'github:made public acme/api on 2026-01-15');
});

test('a bot is known by its type or its name', () => {
  assert.equal(activity('issues.opened').actor?.isBot, false);
  assert.equal(activity('issues.opened', { 'sender.type': 'Bot' }).actor?.isBot, true);
  assert.equal(activity('issues.opened', { 'sender.login': 'dependabot[bot]' }).actor?.isBot, true);
  assert.equal(activity('issues.closed', { sender: null }).actor, null);
});

test('one star and one release are told once', () => {
  assert.deepEqual(activity('star.created').facts, ['★ 1,203']);
  assert.deepEqual(activity('star.created', { 'repository.stargazers_count': 0 }).facts, []);
  assert.equal(activity('release.published').headline, 'Release published');
  assert.equal(activity('release.published', { 'release.prerelease': true }).headline, 'Pre-release published');
  assert.match(reason(told('release.published', { action: 'released' })), /published event .* tells it/);
});

test('ping is answered, not announced, whatever its body', () => {
  assert.equal(reason(normalise(event('ping', 'Hello, World!'))), 'ping: answered, not announced');
  assert.equal(reason(told('ping')), 'ping: answered, not announced');
});

test('an issue without a number is told by its title', () => {
  const numberless = told('issues.opened', { 'issue.number': undefined });
  assert.ok(numberless.kind === 'activity');
  assert.equal(numberless.activity.subject?.title, 'Upload starts again from zero after a dropped connection');
});

test('an event that GitHub invents tomorrow is told in general words: who, where, what, a link', () => {
  const invented = {
    action: 'was_started',
    agent_task: { number: 7, title: 'Mend the build', html_url: 'https://github.com/acme/api/tasks/7' },
    repository: { full_name: 'acme/api', html_url: 'https://github.com/acme/api' },
    sender: { login: 'mona' },
  };
  const result = normalise(event('agent_task', invented));
  assert.equal(result.kind, 'activity');
  if (result.kind !== 'activity') return;
  const { kind, headline, actor, repo, subject, isMinor } = flat(result);
  assert.deepEqual(
    [kind, headline, actor?.login, repo?.fullName, isMinor],
    ['agent_task.was_started', 'Agent task was started', 'mona', 'acme/api', false],
  );
  assert.deepEqual(subject, {
    noun: 'agent task',
    handle: '#7',
    title: 'Mend the build',
    url: 'https://github.com/acme/api/tasks/7',
  });
});

test('an event that nobody knows is never an error, whatever is in it; an action that nobody knows keeps its subject', () => {
  for (const body of [{}, { action: 7 }, { constructor: { html_url: 'https://x.example' } }, { x: { html_url: 7 } }]) {
    for (const type of ['constructor', '__proto__', 'x', 'agent_task']) {
      assertWellFormed(normalise(event(type, body)));
    }
  }
  const odd = activity('issues.opened', { action: 'constructor' });
  assert.deepEqual([odd.headline, odd.subject?.noun, odd.did], ['Issue constructor', 'issue', null]);
});

test('an event that nobody knows is about the object of its name, with or without a page', () => {
  const repository = { full_name: 'acme/api', html_url: 'https://github.com/acme/api' };
  const result = normalise(event('advisory', { action: 'made', advisory: { summary: 'Forms leak' }, repository }));
  assert.ok(result.kind === 'activity');
  assert.deepEqual(result.activity.subject, {
    noun: 'advisory',
    handle: null,
    title: 'Forms leak',
    url: repository.html_url,
  });
});

test('a told event whose body is no JSON is an error about the body', () => {
  assert.throws(() => normalise(event('issues', 'Hello')), { name: 'PayloadError', path: 'body' });
});

test('the barest issue is told with what it has', () => {
  const bare = {
    action: 'opened',
    issue: { number: 1347, title: 'Found a bug' },
    repository: { full_name: 'octocat/Hello-World' },
  };
  const form = new URLSearchParams({ payload: JSON.stringify(bare) }).toString();
  for (const stored of [event('issues', bare), event('issues', form, 'application/x-www-form-urlencoded')]) {
    const result = normalise(stored);
    assert.equal(result.kind, 'activity');
    assertWellFormed(result);
    if (result.kind === 'activity') {
      assert.equal(result.activity.subject?.url, 'https://github.com/octocat/Hello-World/issues/1347');
    }
  }
});
