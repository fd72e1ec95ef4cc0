import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataDir, drained, openInbox, records } from '../support/data-dir.ts';
import { deliver, delivery, octokitExamples } from '../support/github.ts';
import { serverInProcess } from '../support/in-process.ts';

test("all of GitHub's 329 example payloads are accepted, and each is told or skipped with a reason", async () => {
  await using dir = await dataDir();
  await using server = await serverInProcess('start', dir.path);
  const examples = octokitExamples();
  assert.equal(examples.length, 329);
  const replies = await Promise.all(examples.map(({ type, payload }) => deliver(server.url, delivery(type, payload))));
  assert.deepEqual([...new Set(replies.map(({ status }) => status))], [200]);

  await using inbox = await openInbox(dir.path);
  await drained(inbox);
  const events = await records(inbox);
  assert.equal(events.length, 329);
  for (const { id, type, state, reason, notifications } of events) {
    if (state === 'routed') assert(notifications.length > 0, `event ${id} (${type}) is routed to somebody`);
    else assert(state === 'skipped' && reason, `event ${id} (${type}) is ${state}: ${reason}`);
  }
  assert(events.some(({ state }) => state === 'routed'));
});
