import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Replay } from '../../src/http/api/answers/replays.ts';
import { askingV1 } from '../support/ask-v1.ts';
import { configure, dataDir, openInbox, stored } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { serverInProcess } from '../support/in-process.ts';
import { issueOpened } from '../support/payloads.ts';
import { runServer } from '../support/tidings-process.ts';

const EVENTS = 420;

test('kill -9 in the middle of a replay: another process says what was done, and none was put back twice', async () => {
  await using dir = await dataDir();
  // A receiver decides nothing: what is put back while it runs stays so, and is counted.
  await configure(dir.path, { destinations: { desk: { type: 'console' } }, rules: [{ on: { star: {} }, to: 'desk' }] });
  await using inbox = await openInbox(dir.path);
  {
    await using server = await serverInProcess('start', dir.path);
    for (let n = 1; n <= EVENTS; n++) await deliver(server.url, issueOpened(n));
    await stored(inbox, (all) => all.length === EVENTS && all.every(({ state }) => state === 'skipped'));
  }
  await using receiver = await runServer('receive', dir.path);
  const { body: begun } = await askingV1(receiver)<Replay>('POST', '/replays', {
    selection: { filter: { state: 'skipped' } },
  });
  assert.equal(begun.total, EVENTS);
  let seen = begun;
  while (seen.done === 0) ({ body: seen } = await askingV1(receiver)<Replay>('GET', `/replays/${begun.id}`));
  await receiver.kill();

  const pending = (await inbox.list({ limit: EVENTS, state: 'pending' })).length;
  assert.ok(pending >= seen.done, `${pending} put back, ${seen.done} said`);
  await using other = await serverInProcess('receive', dir.path);
  const { body: told } = await askingV1(other)<Replay>('GET', `/replays/${begun.id}`);
  assert.ok(['running', 'done'].includes(told.state), told.state);
  assert.ok(told.done <= pending);
  const replays = await Promise.all(
    (await inbox.list({ limit: EVENTS })).map(async ({ id }) => (await inbox.show(id))?.replays ?? 0),
  );
  assert.ok(replays.every((count) => count <= 1));
  assert.equal(replays.filter((count) => count === 1).length, pending);
});
