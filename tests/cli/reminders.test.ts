import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSqliteInbox } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { aWaitingPull } from '../fixtures/reminders.ts';
import { dataDir } from '../support/data-dir.ts';
import { withoutThreads } from '../support/without-threads.ts';
import { NOW, newWorld, run, type World } from './test-cli.ts';

const HOUR = 3_600_000;

const FILE = `destinations: { team: { type: console } }
reminders:
  morning: { at: "09:30", zone: Europe/Berlin }
  backend: { at: "16:00", zone: UTC, days: mon, repos: other/repo }
`;

/** With reminders, and a database in which two pull requests wait. */
async function inWorld(work: (world: World) => Promise<void>, yaml = FILE): Promise<void> {
  await using dir = await dataDir();
  const [file, path] = [join(dir.path, 'tidings.yaml'), join(dir.path, 'data', 'tidings.db')];
  writeFileSync(file, yaml);
  mkdirSync(join(dir.path, 'data'));
  const inbox = await openSqliteInbox({ path, clock: systemClock }, withoutThreads);
  const since = NOW - 27 * HOUR;
  await inbox.learn([aWaitingPull(1, since, { title: 'Red \u001b[31mherring' }), aWaitingPull(2, since - HOUR)]);
  await inbox[Symbol.asyncDispose]();
  const nowhere = { SLACK_API_URL: 'http://127.0.0.1:9' };
  const known = { TIDINGS_CONFIG: file, DATA_DIR: join(dir.path, 'data'), GITHUB_WEBHOOK_SECRET: 'known' };
  await work(newWorld({ ...known, ...nowhere }));
}

test('what would be said now is printed, and nothing of it is recorded', async () => {
  await inWorld(async (world) => {
    const { code, stdout, stderr } = await run(world, ['reminders', '--dry-run']);
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^morning → team\n2 pull requests wait · mona: 2\n- {2}acme\/api#2 Pull 2: waits 28 h for a review by mona\n/,
    );
    assert.match(stdout, /\nbackend → team\nNothing waits: it would say nothing\.\n/);
    assert.ok(!stdout.includes('\u001b'));
    assert.match(stderr, /^Dry run: nothing was posted\.\n$/);
    assert.match(
      (await run(world, ['reminders', 'morning'])).stdout,
      /^morning\n {2}to {4}team\n {2}next {2}\w{3} \d{4}-\d\d-\d\d 09:30 Europe\/Berlin, in \d+ \w+\n {2}last {2}none\n$/,
    );
  });
});

test('for programs, one object a reminder; a name that is not there is said', async () => {
  await inWorld(async (world) => {
    const { stdout } = await run(world, ['reminders', '--dry-run', '--json']);
    const [morning, backend] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      [morning.name, morning.last, morning.would_say.total, morning.would_say.people],
      ['morning', null, 2, { mona: 2 }],
    );
    assert.equal(morning.would_say.pulls[0].since, new Date(NOW - 28 * HOUR).toISOString());
    assert.equal(backend.would_say, null);
    const unknown = await run(world, ['reminders', 'evening']);
    assert.equal(unknown.code, 3);
    assert.match(unknown.stderr, /There is no reminder "evening"\. Configured: morning, backend\./);
  });
});

test('doctor says when each is due, and which would tell nobody', async () => {
  const people = `destinations:
  team: { type: console }
  people: { type: slack, token: xoxb-1-a, direct: true }
people: { octo: U0000OCTO }
reminders:
  morning: { at: "09:30", zone: Europe/Berlin, to: team }
  alone: { at: "09:30", zone: Europe/Berlin, to: "@asked" }
  monday: { at: "09:30", zone: UTC, days: mon, to: team }
`;
  await inWorld(async (world) => {
    const { stdout } = await run(world, ['doctor', '--json']);
    const found = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ name }) => name === 'reminder');
    assert.deepEqual(
      found.map(({ status }) => status),
      ['ok', 'warn', 'ok'],
    );
    assert.match(found[0].detail, /^morning: next \w{3} \S+ 09:30 Europe\/Berlin$/);
    assert.match(
      found[1].detail,
      /^alone: next .*; of what waits now it would tell nobody: mona \(unknown to people\)$/,
    );
    assert.match(found[1].fix, /^Add whom it should tell to `people`/);
  }, people);
});
