import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { ALL_SCOPES, startSlackApi } from '../doubles/slack-api.ts';
import { configure, dataDir, drained, expireLeases, openInbox } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { beginInProcess, serverInProcess } from '../support/in-process.ts';
import { FULL, tried } from '../support/long-form.ts';
import { issueOpened } from '../support/payloads.ts';
import { freshDatabase } from '../support/postgres.ts';
import { runTidings } from '../support/tidings-process.ts';

const KILLS = FULL ? 10 : 1;
const EACH = 5;

for (const store of FULL ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const)) {
  test(`kill -9 of a worker while a bot posts: with the history scope each message stands once, though Slack knows none by its id (${store})`, async (t) => {
    await using dir = await dataDir();
    await using stack = new AsyncDisposableStack();
    const scopes = [...ALL_SCOPES, 'channels:history'];
    const slack = stack.use(await startSlackApi({ intervalMs: 0, scopes, knowsRepeats: false }));
    const database = store === 'sqlite' ? null : stack.use(await freshDatabase({ empty: true }));
    const env = { SLACK_API_URL: slack.url, ...(database && { DATABASE_URL: database.url }) };
    const team = { type: 'slack', token: slack.token, channel: '#releases', per_second: 0 };
    await configure(dir.path, { destinations: { team } });
    const receiver = stack.use(await serverInProcess('receive', dir.path, env));
    const inbox = stack.use(
      database === null
        ? await openInbox(dir.path)
        : await openPostgresInbox({ url: new Secret(database.url), clock: systemClock }),
    );
    let sent = 0;
    const receive = async () => {
      sent += 1;
      assert.equal((await deliver(receiver.url, issueOpened(sent))).status, 200);
    };

    for (let kill = 0; kill < KILLS; kill++) {
      const held = slack.holdNext('chat.postMessage', kill % 2 === 0 ? 'after' : 'before');
      await using worker = await runTidings(['work'], dir.path, env);
      await receive();
      await held.reached;
      await worker.kill();
      held.cut();
      await expireLeases(inbox);
      // Digests too: what comes while nobody works waits.
      for (let n = 0; n < EACH; n++) await receive();
    }
    stack.use(await beginInProcess(['work'], dir.path, env));
    await drained(inbox);

    const told = slack.messages.map(({ payload }) => JSON.stringify(payload));
    for (let n = 1; n <= sent; n++) {
      const times = told.filter((text) => text.includes(`/issues/${n}|`)).length;
      assert.equal(times, 1, `issue ${n} of ${sent}: ${told.join('\n')}`);
    }
    assert.doesNotMatch(told.join('\n'), /Possible repeat/);
    assert.deepEqual(slack.violations, []);
    tried(t, KILLS, 'kills');
  });
}
