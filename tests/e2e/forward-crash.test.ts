import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { startApplicationDouble } from '../doubles/application-double.ts';
import { configure, dataDir, drained, expireLeases, openInbox } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { beginInProcess, serverInProcess } from '../support/in-process.ts';
import { FULL, tried } from '../support/long-form.ts';
import { issueOpened } from '../support/payloads.ts';
import { freshDatabase } from '../support/postgres.ts';
import { runTidings } from '../support/tidings-process.ts';

const KILLS = FULL ? 5 : 1;
const EACH = 20;
const DOWN_MS = 10_000;

for (const store of ['sqlite', 'postgres'] as const) {
  test(`kill -9 of a worker while an application takes what it forwards: nothing is lost, and all comes in order (${store})`, async (t) => {
    await using dir = await dataDir();
    await using stack = new AsyncDisposableStack();
    const database = store === 'sqlite' ? null : stack.use(await freshDatabase({ empty: true }));
    const env = database === null ? {} : { DATABASE_URL: database.url };
    const application = stack.use(await startApplicationDouble());
    await configure(dir.path, { destinations: { app: { type: 'forward', url: application.url, raw: true } } });
    const receiver = stack.use(await serverInProcess('receive', dir.path, env));
    const inbox = stack.use(
      database === null
        ? await openInbox(dir.path)
        : await openPostgresInbox({ url: new Secret(database.url), clock: systemClock }),
    );
    const sent: Buffer[] = [];
    const receive = async () => {
      const one = issueOpened(sent.length + 1);
      sent.push(one.body);
      assert.equal((await deliver(receiver.url, one)).status, 200);
    };

    for (let kill = 1; kill <= KILLS; kill++) {
      for (let n = 1; n <= EACH; n++) await receive();
      const until = application.taken.length + EACH / 2;
      // One is taken, and its sender never hears of it.
      application.plan(...Array.from({ length: EACH / 2 - 1 }, () => 'take' as const), 'hang');
      await using worker = await runTidings(['work'], dir.path, env);
      await application.waitFor(until);
      await worker.kill();
      await expireLeases(inbox);
    }
    stack.use(await beginInProcess(['work'], dir.path, env));
    await drained(inbox);
    if (FULL) await isDown(t, receive);
    await drained(inbox);

    const numbers = application.taken.map(({ headers }) => Number(headers['tidings-event']));
    assert.deepEqual(
      numbers,
      numbers.toSorted((a, b) => a - b),
    );
    const bodies = new Map(application.taken.map(({ headers, body }) => [headers['tidings-event'], body.toString()]));
    assert.deepEqual([...bodies.values()], sent.map(String));
    const repeats = numbers.length - sent.length;
    assert.ok(repeats <= KILLS + (FULL ? 1 : 0), `${repeats} came twice`);
    assert.deepEqual(application.violations, []);
    tried(t, KILLS, 'kills');

    async function isDown(test: TestContext, more: () => Promise<void>): Promise<void> {
      await application.crash();
      for (let n = 1; n <= EACH; n++) await more();
      await setTimeout(DOWN_MS);
      await application.restart();
      test.diagnostic(`down for ${DOWN_MS / 1000} s`);
    }
  });
}
