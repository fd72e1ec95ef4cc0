import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startSlackDouble } from '../../../../tests/doubles/slack-double.ts';
import { systemClock } from '../../../shared/clock.ts';
import { Secret } from '../../../shared/secret.ts';
import { slackClient } from './slack-client.ts';

const { signal } = new AbortController();
const client = slackClient({ apiUrl: 'http://127.0.0.1:1/api', clock: systemClock });
const PATH = '/services/T0000/B0000/desk';

const FOREIGN = [
  { status: 200, body: '<html>Sign in</html>' },
  { status: 200, body: '' },
  { status: 204, body: '' },
  { status: 400, body: '<!-- proxy --><h1>Bad request</h1>' },
] as const;

for (const answer of FOREIGN) {
  test(`${answer.status} "${answer.body}" is neither a webhook nor a hello that was posted`, async () => {
    await using slack = await startSlackDouble();
    slack.failNext(PATH, 2, answer);
    const url = new Secret(slack.webhookUrl(PATH));
    for (const said of [await client.probe(url, signal), await client.hello({ kind: 'webhook', url }, signal)]) {
      assert(!said.ok);
      assert.equal(said.kind, 'later');
      assert.match(said.problem, /^answered \d+ with .*, not as Slack does; check webhook_url$/);
    }
  });
}

test('a webhook that lives is found without a message, and takes a hello', async () => {
  await using slack = await startSlackDouble();
  const url = new Secret(slack.webhookUrl(PATH));
  assert.deepEqual(await client.probe(url, signal), { ok: true, value: '400 no_text' });
  assert.equal((await client.hello({ kind: 'webhook', url }, signal)).ok, true);
  assert.deepEqual([slack.probes.length, slack.messages.length, slack.violations], [1, 1, []]);
});
