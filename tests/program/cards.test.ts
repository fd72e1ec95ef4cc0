import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sample } from '../../src/sources/github/samples/sample.ts';
import { type SlackApiDouble, startSlackApi } from '../doubles/slack-api.ts';
import { configure, dataDir, drained, openInbox } from '../support/data-dir.ts';
import { deliver, delivery } from '../support/github.ts';
import { inProcess, serverInProcess } from '../support/in-process.ts';

const CHANNEL = 'C0RELEASES';

function happened(name: string): Parameters<typeof deliver>[1] {
  const [type = ''] = name.split('.');
  const made = sample(name, { n: 1, now: Date.UTC(2026, 0, 15) })?.payload;
  return delivery(type, made ?? assert.fail(name), { guid: name });
}

async function settled(path: string): Promise<void> {
  await using inbox = await openInbox(path);
  await drained(inbox);
}

/** What stands in the channel, each with what stands in its thread. */
function shownIn({ workspace }: SlackApiDouble) {
  return workspace.messages.inChannel(CHANNEL).map((message) => {
    return [message.text, ...workspace.messages.replies(message).map(({ text }) => text)];
  });
}

test('`card: true` of a destination: a pull request is one message, and what happens to it is told in its thread', async () => {
  await using dir = await dataDir();
  await using slack = await startSlackApi({ intervalMs: 0 });
  const team = { type: 'slack', token: slack.token, channel: CHANNEL, card: true, per_second: 0 };
  await configure(dir.path, { destinations: { team }, rules: [{ on: ['pull_request', 'pull_request_review'] }] });
  await using server = await serverInProcess('start', dir.path, { SLACK_API_URL: slack.url });
  for (const name of ['pull_request.opened', 'pull_request_review.submitted', 'pull_request.merged']) {
    assert.equal((await deliver(server.url, happened(name))).status, 200);
    await settled(dir.path);
  }
  console.log(shownIn(slack), (await inProcess(['explain', '1'], dir.path)).stdout);
  assert.deepEqual(slack.violations, []);
});
