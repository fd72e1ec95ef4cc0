import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startSlackDouble } from '../doubles/slack-double.ts';
import { configure, dataDir } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { inProcess, serverInProcess } from '../support/in-process.ts';
import { issueOpened } from '../support/payloads.ts';
import { freshDatabase } from '../support/postgres.ts';
import { freePort, ready, runServer, runTidings } from '../support/tidings-process.ts';

test('start on Postgres: stored, told, explained, tried with other rules, and no SQLite file anywhere', async () => {
  await using dir = await dataDir();
  await using database = await freshDatabase({ empty: true });
  const env = { DATABASE_URL: database.url };
  const early = await inProcess(['events'], dir.path, env);
  assert.equal(early.code, 1);
  assert.match(early.stderr, /There is nothing of Tidings in the database .* yet\. Start Tidings first/);
  await using server = await serverInProcess('start', dir.path, env);
  assert.match(server.output.shown, /^Tidings \S+ · node \S+ · postgres/m);
  const sent = issueOpened(1, 'A title with \u0000 and \ud800 in it');
  assert.deepEqual((await deliver(server.url, sent)).body, { status: 'accepted', id: 1 });
  assert.deepEqual((await deliver(server.url, sent)).body, { status: 'duplicate', id: 1 });
  await server.printed(/opened issue[^]*received → stored → told in/);
  assert.match((await inProcess(['explain', '1'], dir.path, env)).stdout, /Rule classics: matched/);
  await writeFile(join(dir.path, 'new.yaml'), 'rules: [{ on: { star: [created] } }]\n');
  const { stdout } = await inProcess(['backtest', '--config', 'new.yaml'], dir.path, env);
  assert.match(
    stdout,
    /^− 1 {2}issues\.opened acme\/api #1 .* no longer told to console \(there is no rule classics\)\n$/,
  );
  const found = await inProcess(['doctor', '--json'], dir.path, env);
  assert.match(found.stdout, /"name":"database","status":"ok","detail":"postgres/);
  assert.doesNotMatch(found.stdout + server.output.shown, /password|postgres:\/\//);
  assert.equal(await server.stop(), 0, server.output.stderr);
  assert.equal(existsSync(join(dir.path, 'tidings.db')), false);
});

test('two receivers and two workers on different "machines" share it: each event is told once, in order, at the pace', async () => {
  await using home = await dataDir();
  await using other = await dataDir();
  await using database = await freshDatabase({ empty: true });
  await using slack = await startSlackDouble();
  const env = { DATABASE_URL: database.url };
  const config = {
    destinations: { team: { type: 'slack', webhook_url: slack.webhookUrl() } },
    rules: [{ on: { issues: ['opened'] }, to: 'team' }],
  };
  await Promise.all([configure(home.path, config), configure(other.path, config)]);
  await using first = await serverInProcess('receive', home.path, env);
  await using second = await runServer('receive', other.path, { ...env, PORT: String(await freePort()) });
  await using _worker = await runTidings(['work'], home.path, env);
  await using _spare = await runTidings(['work'], other.path, env);
  for (let n = 1; n <= 6; n++) {
    const receiver = n % 2 === 0 ? first : second;
    assert.equal((await deliver(receiver.url, issueOpened(n))).status, 200);
  }
  const count = (text: string) => Number(/^(\d+) /.exec(text)?.[1] ?? 1);
  await slack.waitFor((all) => all.reduce((sum, { text }) => sum + count(text), 0) === 6);
  assert.deepEqual(slack.violations, []);
  await ready(second);
});

test('a server that is not there is one sentence and exit code 1, without the password', async () => {
  await using dir = await dataDir();
  const { code, stderr } = await inProcess(['start'], dir.path, {
    DATABASE_URL: 'postgres://tidings:very-secret@127.0.0.1:1/tidings',
    PORT: String(await freePort()),
  });
  assert.equal(code, 1);
  assert.match(stderr, /The database 127\.0\.0\.1:1\/tidings cannot be used: nobody listens there/);
  assert.doesNotMatch(stderr, /very-secret/);
});
