import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { NewEvent } from '../../src/model/event.ts';
import type { HookOwner, RecoverRequest } from '../../src/model/recovery.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { githubSource } from '../../src/sources/github/github-source.ts';
import { createRecovery } from '../../src/sources/github/recover/recovery.ts';
import { startGithubDouble } from '../doubles/github-double.ts';
import { createGithubHooks } from '../doubles/github-hooks.ts';

const HOUR_MS = 60 * 60 * 1000;
const URL = 'https://tidings.example.org/webhooks/github';
const REPOSITORY: HookOwner = { kind: 'repository', owner: 'acme', repo: 'api' };
const FETCH = { hookId: null, fetch: true, dryRun: false, sparesAnswered: false } as const;

/** An inbox that only remembers: what commits and threads add is the conformance suite's matter. */
function memory() {
  const events: NewEvent[] = [];
  const cursors = new Map<string, string>();
  return {
    events,
    append: async (event: NewEvent) => ({ status: 'accepted' as const, id: events.push(event) }),
    known: async (_source: string, guids: readonly string[]) =>
      new Set(guids.filter((guid) => events.some((event) => event.guid === guid))),
    recall: async (name: string) => cursors.get(name) ?? null,
    remember: async (name: string, value: string) => void cursors.set(name, value),
    onWake: () => () => undefined,
  };
}

async function world(root: string, publicUrl: string | null = null) {
  const github = await startGithubDouble({ token: 'a-token' });
  const hooks = createGithubHooks();
  github.mount(hooks.route);
  hooks.add({ root, id: 7, url: URL, secret: 'a-secret' });
  const inbox = memory();
  const run = createRecovery({
    token: new Secret('a-token'),
    apiUrl: github.url,
    publicUrl,
    sources: [githubSource({ name: 'github', secrets: [] })],
    version: '0',
    clock: systemClock,
  });
  return {
    github,
    hooks,
    inbox,
    recover: (request: RecoverRequest) => run(inbox, request, new AbortController().signal),
    /** Answered by a proxy, so that nothing is called. */
    emit: (proxyAnswers: number, ageMs = 0) => {
      const deliveredAt = Date.now() - ageMs;
      const payload = { action: 'opened', number: hooks.items().length };
      return hooks.emit({ hookId: 7, type: 'issues', payload, guid: randomUUID(), proxyAnswers, deliveredAt });
    },
    [Symbol.asyncDispose]: () => github[Symbol.asyncDispose](),
  };
}

const OWNERS: readonly (readonly [root: string, owner: HookOwner])[] = [
  ['/repos/acme/api', REPOSITORY],
  ['/orgs/acme', { kind: 'organisation', org: 'acme' }],
  ['/app', { kind: 'app' }],
];

for (const [root, owner] of OWNERS) {
  test(`what the hook under ${root} missed is fetched under the id a redelivery would have`, async () => {
    await using there = await world(root);
    await there.emit(502);
    const [item] = there.hooks.items();
    const { missed } = await there.recover({ ...FETCH, owner });
    assert.deepEqual(
      missed.map(({ guid, outcome, answer }) => [guid, outcome, answer]),
      [[item?.guid, 'fetched', '502 Bad Gateway']],
    );
    const [event] = there.inbox.events;
    assert(event);
    assert.equal(event.deliveryId, `7:${item?.guid}`);
    assert.deepEqual([event.origin, event.secretNo, event.type], ['recovered', 0, 'issues']);
    assert.equal(event.headers['content-type'], 'application/json');
    assert.equal(event.headers['x-hub-signature-256'], undefined, 'no signature is stored');
    assert.deepEqual(JSON.parse(event.body.toString()), { action: 'opened', number: 0 });
  });
}

test('before the first run, what another receiver answered is spared when asked for; afterwards it counts', async () => {
  await using there = await world('/repos/acme/api');
  const request = { ...FETCH, owner: REPOSITORY, sparesAnswered: true };
  await there.emit(200, HOUR_MS);
  await there.emit(502, HOUR_MS);
  assert.equal((await there.recover(request)).missed.length, 1);
  await there.emit(200);
  assert.equal((await there.recover(request)).missed.length, 1);
});

test('the list is read down to the last good run, and to what that one had to leave', async () => {
  await using there = await world('/repos/acme/api');
  const request = { ...FETCH, owner: REPOSITORY };
  for (const ageMs of [60, 50, 2]) await there.emit(502, ageMs * HOUR_MS);
  assert.deepEqual((await there.recover(request)).deliveries, 3);
  assert.deepEqual((await there.recover(request)).deliveries, 0);
  // GitHub knows the delivery but not its payload any more.
  there.hooks.lose(there.hooks.items().length);
  await there.emit(502, HOUR_MS / 60);
  for (const _ of [1, 2]) {
    const [left, ...others] = (await there.recover(request)).missed;
    assert.deepEqual([left?.outcome, left?.why, others], ['left', 'GitHub no longer has its payload', []]);
  }
});

test('PUBLIC_URL tells our hook from another server’s; a hook behind a forwarder is chosen by its number', async () => {
  await using there = await world('/repos/acme/api', 'https://tidings.example.org');
  there.hooks.add({ root: '/repos/acme/api', id: 8, url: 'https://staging.example.org/webhooks/github', secret: 'x' });
  there.hooks.add({ root: '/repos/acme/api', id: 9, url: 'https://smee.io/abc', secret: 'x' });
  const request = { ...FETCH, owner: REPOSITORY };
  assert.equal((await there.recover(request)).hook.id, 7);
  assert.equal((await there.recover({ ...request, hookId: 9 })).hook.id, 9);
  await assert.rejects(there.recover({ ...request, hookId: 10 }), /acme\/api has no webhook 10 .*There are:\n {2}7 /);
});

test('what GitHub refuses is told in words', async () => {
  await using there = await world('/repos/acme/api');
  const request = { ...FETCH, owner: REPOSITORY };
  const limit = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 600) };
  there.github.refuseNext(1, { status: 403, message: 'API rate limit exceeded', headers: limit });
  await assert.rejects(there.recover(request), { reason: 'unreachable', message: /used up its rate limit/ });
  there.github.refuseNext(1, { status: 401, message: 'Bad credentials' });
  await assert.rejects(there.recover(request), { reason: 'not_allowed', message: /refuses GITHUB_TOKEN \(401\)/ });
  there.hooks.access = 'none';
  await assert.rejects(there.recover(request), {
    reason: 'not_allowed',
    message: /may not read the webhooks of acme\/api/,
  });
});
