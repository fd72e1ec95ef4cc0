import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import { type Activity, normalise } from '../../examples/github-normaliser.ts';
import { notify, render } from '../../examples/slack-notifier.ts';
import { startSlackDouble } from '../doubles/slack-double.ts';
import { checkMessage } from '../doubles/slack-rules.ts';
import { githubExamples } from '../fixtures/github-examples.ts';
import { dataDir } from '../support/data-dir.ts';
import { type Delivery, delivery, headersOf } from '../support/github.ts';
import { issueOpened, sampleDelivery } from '../support/payloads.ts';
import { runExample, type TidingsProcess } from '../support/tidings-process.ts';

const said = (type: string, payload: unknown) => normalise(type, Buffer.from(JSON.stringify(payload)));
const CHANNEL = '/services/T0/B0/general';
const ACTIVITY: Activity = {
  what: 'opened an issue',
  who: 'mona',
  where: 'acme/api',
  title: '#7 Payments fail',
  url: 'https://github.com/acme/api/issues/7',
};

describe('github-normaliser', () => {
  test("of GitHub's payloads it tells four happenings and skips all others with a reason; it throws at none", () => {
    const told = new Set<string>();
    const merged = {
      type: 'pull_request',
      payload: JSON.parse(sampleDelivery('pull_request.merged', 1).body.toString()),
    };
    for (const { type, payload } of [...githubExamples(), merged]) {
      const normalised = said(type, payload);
      if (normalised.kind === 'activity') told.add(normalised.activity.what);
      else assert.match(normalised.reason, /^(?:nobody wants \S+|the pull request was closed, not merged)$/);
    }
    assert.deepEqual([...told].toSorted(), [
      'gave a star',
      'merged a pull request',
      'opened a pull request',
      'opened an issue',
    ]);
  });

  test('it says who, what, where and which', () => {
    const { body } = issueOpened(7, 'Payments fail');
    assert.deepEqual(normalise('issues', body), { kind: 'activity', activity: ACTIVITY });
    assert.throws(() => said('issues', { action: 'opened', repository: {}, sender: {} }), /does not say which/);
  });
});

describe('slack-notifier', () => {
  test('what people write can neither ping, nor pose as a link, nor break a limit', () => {
    const hostile = { ...ACTIVITY, title: `#1 <!channel> <https://evil.example|docs> & ${'x'.repeat(5_000)}` };
    const message = render(hostile);
    assert.ok(!('why' in checkMessage(message)));
    assert.doesNotMatch(JSON.stringify(message), /<!channel>|<https:\/\/evil/);
  });

  test('ok is sent, 429 waits as long as Slack says, no_service is final, what is not reachable waits', async () => {
    await using double = await startSlackDouble({ enforceRate: false });
    assert.deepEqual(await notify(double.webhookUrl(CHANNEL), ACTIVITY), { kind: 'sent' });
    double.failNext(CHANNEL, 1, { status: 429, body: 'rate_limited', retryAfter: 7 });
    assert.deepEqual(await notify(double.webhookUrl(CHANNEL), ACTIVITY), {
      kind: 'later',
      reason: 'Slack answered 429 rate_limited',
      waitMs: 7_000,
    });
    double.failNext(CHANNEL, 1, { status: 404, body: 'no_service' });
    assert.equal((await notify(double.webhookUrl(CHANNEL), ACTIVITY)).kind, 'refused');
    double.failNext(CHANNEL, 1, { status: 200, body: '<html>Sign in</html>' });
    assert.equal((await notify(double.webhookUrl(CHANNEL), ACTIVITY)).kind, 'later');
    assert.equal((await notify('http://127.0.0.1:1/', ACTIVITY)).kind, 'later');
  });
});

async function post({ url }: TidingsProcess, sent: Delivery): Promise<number> {
  const body = new Uint8Array(sent.body);
  return (await fetch(`${url}/webhook`, { method: 'POST', headers: headersOf(sent), body })).status;
}

test('full-worker with receiver-with-hmac is the whole notifier: in order, through a 429, and over its own kill', async () => {
  await using folder = await dataDir();
  await using slack = await startSlackDouble({ enforceRate: false });
  const env = { SLACK_WEBHOOK_URL: slack.webhookUrl(CHANNEL), PAUSE_MS: '1' };
  await using receiver = await runExample('receiver-with-hmac', folder.path);
  await receiver.printed(/In another terminal/);
  slack.failNext(CHANNEL, 1, { status: 429, body: 'rate_limited', retryAfter: 1 });
  await using first = await runExample('full-worker', folder.path, [], env);
  assert.equal(await post(receiver, issueOpened(1, 'First <!here>')), 200);
  await first.printed(/^not yet: Slack answered 429/m);
  // The receiver does not notice.
  assert.equal(await post(receiver, sampleDelivery('push', 1)), 200);
  assert.equal(await post(receiver, sampleDelivery('star.created', 1)), 200);
  await first.printed(/^event 3 processed$/m);
  assert.match(first.output.stdout, /^event 1 processed\nevent 2 skipped: nobody wants push$/m);
  await first.kill();
  assert.equal(await post(receiver, issueOpened(4, 'Fourth')), 200);
  await using second = await runExample('full-worker', folder.path, [], env);
  await second.printed(/^event 4 processed$/m);
  const texts = slack.messages.map(({ text }) => text);
  assert.deepEqual([texts.length, texts[0]], [3, 'mona opened an issue in acme/api: #1 First &lt;!here&gt;']);
  using database = new DatabaseSync(join(folder.path, 'examples/data/examples.db'));
  assert.deepEqual(
    database
      .prepare('SELECT state FROM events ORDER BY id')
      .all()
      .map(({ state }) => state),
    ['processed', 'skipped', 'processed', 'processed'],
  );
});

test('polling-loop prints what is new against a stand-in, and full-worker posts to one: no account is needed', async () => {
  await using folder = await dataDir();
  await using loop = await runExample('polling-loop', folder.path);
  await loop.printed(/^#41 Uploads time out\nnothing new$/m);
  await using receiver = await runExample('receiver-with-hmac', folder.path);
  await receiver.printed(/In another terminal/);
  await using worker = await runExample('full-worker', folder.path, [], { PAUSE_MS: '1' });
  assert.equal(
    await post(
      receiver,
      delivery('star', {
        action: 'created',
        repository: { full_name: 'acme/api', html_url: 'https://github.com/acme/api' },
        sender: { login: 'mona' },
      }),
    ),
    200,
  );
  await worker.printed(/^ {3}#general {2}mona gave a star in acme\/api\nevent 1 processed$/m);
  const source = await readFile(new URL('../../examples/polling-loop.ts', import.meta.url), 'utf8');
  assert.ok(source.split('\n').length <= 16);
});
