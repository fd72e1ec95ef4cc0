import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { startEndpointDouble } from '../doubles/endpoint-double.ts';
import { configure, dataDir, drained, openInbox, records } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { inProcess, serverInProcess } from '../support/in-process.ts';
import { issueOpened, sampleDelivery } from '../support/payloads.ts';
import { freshDatabase } from '../support/postgres.ts';

async function stores(engine: 'sqlite' | 'postgres') {
  const dir = await dataDir();
  const database = engine === 'postgres' ? await freshDatabase() : null;
  const url = database?.url;
  return {
    path: dir.path,
    env: url === undefined ? {} : { DATABASE_URL: url },
    open: () =>
      url === undefined ? openInbox(dir.path) : openPostgresInbox({ url: new Secret(url), clock: systemClock }),
    async [Symbol.asyncDispose]() {
      await database?.[Symbol.asyncDispose]();
      await dir[Symbol.asyncDispose]();
    },
  };
}

for (const engine of ['sqlite', 'postgres'] as const) {
  test(`hold on ${engine}: what waits is posted to nobody, what comes afterwards is, by ids nobody had`, async () => {
    await using store = await stores(engine);
    await using endpoint = await startEndpointDouble();
    await configure(store.path, {
      destinations: { hook: { type: 'http', url: endpoint.url } },
      rules: [
        { name: 'at once', on: { issues: ['opened'] } },
        { name: 'quiet', on: { star: ['created'] }, quiet: { hours: '00:00-23:59', zone: 'UTC' } },
      ],
    });
    await using receiver = await serverInProcess('receive', store.path, store.env);
    for (const n of [1, 2]) await deliver(receiver.url, issueOpened(n));
    await deliver(receiver.url, sampleDelivery('star.created', 3));
    await receiver.stop();

    const held = await inProcess(['hold'], store.path, store.env);
    assert.deepEqual([held.code, held.stdout], [0, 'hook: 3 messages held\n'], held.stderr);
    await using server = await serverInProcess('start', store.path, store.env);
    const busy = await inProcess(['hold'], store.path, store.env);
    assert.equal(busy.code, 1);
    assert.match(busy.stderr, /A worker runs .*Stop everything/);

    await deliver(server.url, issueOpened(4));
    await endpoint.waitFor(1);
    await using inbox = await store.open();
    await drained(inbox);
    const states = (await records(inbox)).map(({ notifications: [each] }) => each?.state);
    assert.deepEqual(states, ['unknown', 'unknown', 'unknown', 'sent']);
    assert.deepEqual(
      endpoint.told.map(({ title }) => title),
      ['Issue 4'],
    );
    assert.ok(Number(endpoint.told[0]?.id.replace('ntf_', '')) > 1_000_000, endpoint.told[0]?.id);

    assert.equal((await inProcess(['replay', '--state', 'unknown'], store.path, store.env)).code, 0);
    await endpoint.waitFor(4);
    assert.deepEqual(
      endpoint.told.map(({ kind }) => kind),
      ['issues.opened', 'issues.opened', 'issues.opened', 'star.created'],
    );
  });
}
