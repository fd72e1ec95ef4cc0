import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Changed, Drained } from '../../src/http/api/answers/lanes.ts';
import { type Problem, Problems } from '../../src/http/api/answers/problems.ts';
import type { Replay } from '../../src/http/api/answers/replays.ts';
import { startEndpointDouble } from '../doubles/endpoint-double.ts';
import { askingV1 } from '../support/ask-v1.ts';
import { configure, dataDir, drained, openInbox, stored } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { serverInProcess } from '../support/in-process.ts';
import { issueOpened } from '../support/payloads.ts';

const REFUSED = { status: 400, text: 'no such field' };
const MOVED = { status: 302 };

test('what nobody got, for one cause, is one problem: replayed it is told, dismissed it is seen no more', async () => {
  await using dir = await dataDir();
  await using endpoint = await startEndpointDouble();
  const rules = [{ on: { issues: ['opened'] }, to: 'hook' }];
  await configure(dir.path, { destinations: { hook: { type: 'http', url: endpoint.url } }, rules });
  await using server = await serverInProcess('start', dir.path);
  await using inbox = await openInbox(dir.path);
  const ask = askingV1(server);
  const problems = async (kind: Problem['kind']) =>
    Problems.parse((await ask('GET', '/problems')).body).problems.filter((each) => each.kind === kind);

  assert.deepEqual(Problems.parse((await ask('GET', '/problems')).body), {
    problems: [],
    unknown: ['GitHub was not asked: no GITHUB_TOKEN.'],
  });
  endpoint.plan(REFUSED, REFUSED, REFUSED);
  for (const n of [1, 2, 3]) await deliver(server.url, issueOpened(n));
  await drained(inbox);
  const [dead, ...others] = await problems('dead');
  assert(dead);
  assert.equal(others.length, 0);
  assert.match(dead.title, /^hook: /);
  assert.match(dead.says, /^3 messages were given up, the last \d+ s ago\.$/);
  assert.deepEqual(
    [dead.count, dead.event_ids.toSorted((a, b) => a - b), dead.command],
    [3, [1, 2, 3], 'npx tidings replay --state dead --to hook'],
  );
  assert.equal((await problems('dead'))[0]?.id, dead.id);

  const { body: begun } = await ask<Replay>('POST', '/replays', { selection: dead.retry });
  assert.equal(begun.total, 3);
  await endpoint.waitFor(3);
  await drained(inbox);
  assert.deepEqual(await problems('dead'), []);
  // Whole events were not decided again: their messages alone went.
  assert.deepEqual((await inbox.show(1))?.replays, 0);

  endpoint.plan(REFUSED);
  await deliver(server.url, issueOpened(4));
  await drained(inbox);
  const [again] = await problems('dead');
  assert.equal(again?.id, dead.id);
  const dismissed = await ask<Changed>('POST', '/problems/dismiss', { selection: again?.retry });
  assert.deepEqual(dismissed.body, {
    changed: true,
    says: '1 message dismissed: it stays in the record, and is not sent.',
  });
  assert.deepEqual(await problems('dead'), []);
  assert.equal((await ask<Changed>('POST', '/problems/dismiss', { selection: again?.retry })).body.changed, false);
  assert.equal((await ask('POST', '/problems/dismiss', { selection: { ids: [1] } })).status, 422);
});

test('where nothing can arrive it says what to do; what waits is drained, with its count first', async () => {
  await using dir = await dataDir();
  await using endpoint = await startEndpointDouble();
  const rules = [{ on: { issues: ['opened'] }, to: 'hook' }];
  await configure(dir.path, { destinations: { hook: { type: 'http', url: endpoint.url } }, rules });
  await using server = await serverInProcess('start', dir.path);
  await using inbox = await openInbox(dir.path);
  const ask = askingV1(server);
  const all = async () => Problems.parse((await ask('GET', '/problems')).body).problems;

  endpoint.plan(MOVED);
  for (const n of [1, 2, 3]) await deliver(server.url, issueOpened(n));
  await stored(inbox, (events) => events.filter(({ state }) => state === 'routed').length === 3);
  let [broken] = await all();
  while (broken === undefined) [broken] = await all();
  assert.equal(broken.kind, 'broken');
  assert.match(broken.says, /^Nothing can arrive there\. 3 messages wait, the oldest for .* Nothing is lost\.$/);
  assert.match(broken.fix, /^Set url to the final address, then resume hook: what waits is sent in order\.$/);
  assert.equal(broken.command, 'npx tidings resume hook');

  const count = await ask<Drained>('POST', '/lanes/hook/drain', { dry_run: true });
  assert.deepEqual([count.body.count, count.body.dry_run], [3, true]);
  const drain = await ask<Drained>('POST', '/lanes/hook/drain');
  assert.equal(drain.body.count, 3);
  await ask('POST', '/lanes/hook/resume');
  await deliver(server.url, issueOpened(4));
  await endpoint.waitFor(1);
  await drained(inbox);
  assert.deepEqual(
    endpoint.told.map(({ eventId }) => eventId),
    [4],
  );
  assert.deepEqual(await all(), []);
  const acts = (await inbox.audited(0, 9)).map(({ what, about }) => `${what} ${about}`);
  assert.deepEqual(acts, ['resume hook', 'drain hook']);
});
