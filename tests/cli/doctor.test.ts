import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { LaneDepth, LaneHead } from '../../src/model/inbox/archive.ts';
import { InboxUnavailableError } from '../../src/model/inbox.ts';
import { upgradeDatabase } from '../../src/run/database.ts';
import { startSlackApi } from '../doubles/slack-api.ts';
import { configOf, NOW, newWorld, run, type World } from './test-cli.ts';

interface Finding {
  readonly name: string;
  readonly status: string;
  readonly detail: string;
  readonly fix: string | null;
}

/** A world whose database is there; port 1 is nobody's. */
async function installed(t: TestContext, env: Readonly<Record<string, string>> = {}, file?: string): Promise<World> {
  const dir = mkdtempSync(join(tmpdir(), 'tidings-doctor-'));
  t.after(() => rmSync(dir, { recursive: true }));
  if (file !== undefined) writeFileSync(join(dir, 'tidings.yaml'), file);
  const world = newWorld({ PORT: '1', ...env }, dir);
  await upgradeDatabase((await configOf(world)).database, false);
  return world;
}

async function examine(world: World): Promise<{ readonly code: number; readonly found: Record<string, Finding> }> {
  const { code, stdout } = await run(world, ['doctor', '--json']);
  const findings = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Finding);
  return { code, found: Object.fromEntries(findings.map((finding) => [finding.name, finding])) };
}

const lane: LaneDepth = {
  lane: 'expand',
  depth: 0,
  oldestReceivedAt: null,
  owner: 'a-1',
  leaseExpiresAt: NOW + 5_000,
  notBefore: 0,
  failures: 0,
  broken: null,
  held: null,
  sentAt: null,
  cardsBehind: 0,
};

/** A receiver that is asked `/readyz` with the token, where there is one. */
async function healthServer(
  t: TestContext,
  rules = '3 rules',
  token?: string,
  lanes = { ok: true, detail: 'none is stuck' },
): Promise<string> {
  const checks = { configuration: { ok: true, detail: rules }, lanes };
  const server = createServer(({ url, headers }, response) => {
    if (url !== '/readyz') response.end('{"status":"ok"}');
    else if (token !== undefined && headers.authorization !== `Bearer ${token}`) response.writeHead(401).end('{}');
    else response.end(JSON.stringify({ status: 'ready', checks }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return String((server.address() as AddressInfo).port);
}

test('a healthy installation passes every check with 0', async (t) => {
  await using slack = await startSlackApi();
  const bot = { SLACK_BOT_TOKEN: slack.token, SLACK_CHANNEL: '#releases', SLACK_API_URL: slack.url };
  const world = await installed(t, { PORT: await healthServer(t), ...bot });
  world.lanes = [lane];
  const { code, found } = await examine(world);
  const bad = Object.entries(found).filter(
    ([name, { status }]) => status !== 'ok' && name !== 'volume' && name !== 'disk',
  );
  assert.deepEqual([code, bad], [0, []]);
  assert.match(found['worker']?.detail ?? '', /running, nothing waits/);
  assert.equal(world.closed, 1);
});

test('work that waits without a worker is a failure with the command that helps', async (t) => {
  const world = await installed(t);
  world.lanes = [{ ...lane, depth: 3, oldestReceivedAt: NOW - 120_000, owner: null, leaseExpiresAt: null }];
  const { code, found } = await examine(world);
  assert.equal(code, 1);
  assert.deepEqual(found['worker'], {
    name: 'worker',
    status: 'fail',
    detail: 'none is running, 3 waiting, the oldest for 2 min',
    fix: 'Start it: tidings start (or work, beside a separate receiver).',
  });
  assert.equal(found['receiver']?.status, 'warn');
});

const head: LaneHead = {
  lane: 'expand',
  eventId: null,
  receivedAt: null,
  owner: 'a-1',
  notBefore: 0,
  broken: null,
  held: null,
};
const waits = { ...head, eventId: 42, receivedAt: NOW - 120_000, owner: null };

test('a lane that waits though a worker runs is named with the reason; one that is paused or just now without one is not', async (t) => {
  const world = await installed(t);
  world.lanes = [lane];
  world.heads = [
    head,
    { ...waits, lane: 'console' },
    { ...waits, lane: 'gone' },
    { ...waits, lane: 'paused', notBefore: NOW + 60_000 },
    { ...waits, lane: 'new', receivedAt: NOW - 10_000 },
  ];
  const { code, found } = await examine(world);
  assert.equal(code, 1);
  const detail = 'event 42 has waited 2 min, and no worker holds the lane';
  assert.deepEqual(
    Object.values(found).filter(({ name }) => name.startsWith('lane')),
    [
      {
        name: 'lane console',
        status: 'fail',
        detail,
        fix: 'Restart the worker: it may go by other settings than these.',
      },
      {
        name: 'lane gone',
        status: 'warn',
        detail,
        fix: 'No destination is named gone: add it again, and what waits is sent.',
      },
    ],
  );
  world.heads = [
    { ...head, owner: null },
    { ...waits, lane: 'console' },
  ];
  assert.equal((await examine(world)).found['lane console'], undefined);
});

test('what nobody got is a warning, also when all works now, with the command that tells it again', async (t) => {
  const world = await installed(t, { PORT: await healthServer(t) });
  world.lanes = [lane];
  assert.equal((await examine(world)).found['messages']?.detail, 'none was given up');
  world.untold = [
    { destination: 'team', fate: 'dead', count: 2 },
    { destination: 'audit', fate: 'dead', count: 1 },
    { destination: 'desk', fate: 'unknown', count: 1 },
  ];
  const { code, stdout, stderr } = await run(world, ['doctor']);
  assert.equal(code, 0);
  assert.match(
    stdout,
    /warn {2}messages +3 messages were given up: 2 to team, 1 to audit\n +→ Which: tidings events --state dead\. Send again: tidings replay --state dead\n/,
  );
  assert.match(stdout, /1 message may not have arrived, the answer was lost: 1 to desk/);
  assert.match(stderr, /No check failed; \d warnings above\./);
});

test('a server that says that its lanes do not move fails, with its words', async (t) => {
  const stuck = 'team: event 42 has waited 3 min, and nothing moves, though a-1 holds the lane';
  const world = await installed(t, { PORT: await healthServer(t, '3 rules', undefined, { ok: false, detail: stuck }) });
  world.lanes = [lane];
  const { code, found } = await examine(world);
  assert.deepEqual([code, found['lanes']?.detail], [1, stuck]);
});

test('a guessable secret fails, and is not printed', async () => {
  for (const weak of ['changeme', 'hunter2']) {
    const { code, stdout, stderr } = await run(newWorld({ PORT: '1', GITHUB_WEBHOOK_SECRET: weak }), ['doctor']);
    assert.match(stdout, /fail {2}secret of github +it can be guessed/);
    assert.equal(code, 1);
    assert.ok(!(stdout + stderr).includes(weak));
  }
});

test('a database that cannot be opened fails with its own words', async (t) => {
  const world = await installed(t);
  world.openError = new InboxUnavailableError('The database is newer than this program.');
  const { code, found } = await examine(world);
  assert.deepEqual([code, found['database']?.detail], [1, 'The database is newer than this program.']);
});

test('a fresh checkout is no failure, and no database is made by looking', async () => {
  const world = newWorld({ PORT: '1' });
  world.openError = new Error('must not be opened');
  const { code, found } = await examine(world);
  assert.equal(code, 0);
  assert.match(found['database']?.detail ?? '', /made at the first start/);
});

test('a broken configuration is the finding', async (t) => {
  const world = await installed(t);
  writeFileSync(join(world.cwd, 'tidings.yaml'), 'ruels: []');
  const { code, found } = await examine(world);
  assert.equal(code, 1);
  assert.match(found['configuration']?.detail ?? '', /tidings\.yaml:1:1: .*ruels/);
});

test('what a running server goes by is told, also beside a file that cannot be used, with the token where it wants one', async (t) => {
  const broken = 'tidings.yaml changed and cannot be used: tidings.yaml:3:1: x. In force stay 3 rules.';
  const token = 'let-me-in-where-I-live';
  const world = await installed(t, { PORT: await healthServer(t, broken, token), ADMIN_TOKEN: token });
  assert.deepEqual((await examine(world)).found['rules in force'], {
    name: 'rules in force',
    status: 'warn',
    detail: broken,
    fix: 'Correct it: the running server reads it again within a second or two.',
  });
  writeFileSync(join(world.cwd, 'tidings.yaml'), 'nothing');
  const { code, found } = await examine(world);
  assert.deepEqual([code, found['rules in force']?.detail], [1, broken]);
  const well = await installed(t, { PORT: await healthServer(t) });
  assert.deepEqual((await examine(well)).found['rules in force']?.detail, '3 rules');
  const closed = await installed(t, { PORT: await healthServer(t, '3 rules', 'another') });
  assert.equal((await examine(closed)).found['rules in force'], undefined);
});

test('a destination at which nothing can arrive is a failure, with why and what to do', async (t) => {
  const world = await installed(t);
  world.lanes = [lane];
  const broken = { at: NOW - 60_000, reason: 'the webhook was removed' };
  world.heads = [head, { ...head, lane: 'console', broken }, { ...head, lane: 'gone', broken }];
  const { code, found } = await examine(world);
  assert.equal(code, 1);
  assert.deepEqual(found['lane console'], {
    name: 'lane console',
    status: 'fail',
    detail: 'nothing can arrive since 2026-11-23T16:59:00.000Z: the webhook was removed',
    fix: 'Once that is mended: tidings resume console. Nothing is lost: all of it waits.',
  });
  assert.equal(found['lane gone'], undefined);
});
