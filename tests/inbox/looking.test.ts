import assert from 'node:assert/strict';
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, type TestContext, test } from 'node:test';
import { openInbox as openAt } from '../../src/inbox/open-inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { NEWEST, OLD, oldDatabase, picture } from '../fixtures/old-databases.ts';
import { newEvent } from '../fixtures/stored.ts';
import { configure, dataDir, openInbox } from '../support/data-dir.ts';
import { inProcess } from '../support/in-process.ts';
import { FULL, tried } from '../support/long-form.ts';

/** Everything that only looks (`recover` opens the database and then has no token; rules are not asked about a ping). Their exit codes on a database of today, and on an older one. */
const LOOKS: readonly (readonly [args: string, today: number, older: number])[] = [
  ['events', 0, 1],
  ['events show 1', 0, 1],
  ['events show 1 --raw', 0, 1],
  ['explain 1', 0, 1],
  ['explain 1 --activity', 3, 1],
  ['backtest --config tidings.yaml', 0, 1],
  ['replay 1 --dry-run', 0, 1],
  ['replay --state routed --dry-run', 0, 1],
  ['recover acme/api --dry-run', 1, 1],
  ['migrate --check', 0, 1],
  ['migrate --from sqlite:tidings.db --to sqlite:new.db --dry-run', 0, 1],
  ['doctor', 0, 0],
];

/** None of them changes a byte, or leaves a file. */
async function look(
  t: TestContext,
  folder: string,
  codeOf: (today: number, older: number) => number,
  looks = LOOKS,
): Promise<string> {
  let said = '';
  tried(t, looks.length, 'commands');
  await configure(folder, { destinations: { console: { type: 'console' } } });
  const path = join(folder, 'tidings.db');
  const before = picture(path);
  for (const [args, today, older] of looks) {
    const { code, stdout, stderr } = await inProcess(args.split(' '), folder);
    assert.equal(code, codeOf(today, older), `${args}: ${stdout}${stderr}`);
    assert.deepEqual(picture(path), before, args);
    assert.deepEqual(
      readdirSync(folder).filter((file) => file === 'new.db'),
      [],
      args,
    );
    said += `${args}: ${stdout}${stderr}`;
  }
  return said;
}

/** All of them at the oldest schema and at the newest; with ATTACK=full at each. In `npm test` a third at each between, in turn. */
function looksAt(schema: number): typeof LOOKS {
  if (FULL || schema === OLD[0] || schema === OLD.at(-1)) return LOOKS;
  return LOOKS.filter(([args], index) => args === 'explain 1' || args === 'doctor' || index % 3 === schema % 3);
}

describe('looking changes nothing', () => {
  for (const schema of OLD) {
    test(`at a database of schema ${schema}, which they leave to its own Tidings`, async (t) => {
      await using dir = await dataDir();
      oldDatabase(join(dir.path, 'tidings.db'), schema);
      const said = await look(t, dir.path, (_, older) => older, looksAt(schema));
      assert.match(
        said,
        new RegExp(
          `explain 1: Error: .*schema version ${schema}; this Tidings works with version ${NEWEST}\\. \`migrate\``,
        ),
      );
      assert.match(
        said,
        new RegExp(
          `warn  database +.*schema ${schema}: this Tidings works with ${NEWEST}\n +→ npx tidings migrate upgrades it`,
        ),
      );
    });
  }

  test('at a stopped database of today', async (t) => {
    await using dir = await dataDir();
    oldDatabase(join(dir.path, 'tidings.db'), NEWEST);
    assert.match(await look(t, dir.path, (today) => today), /ok {4}database +.*last event 1, writable/);
  });

  test('at one that was killed: what is in its log is seen, and stays there', async (t) => {
    await using alive = await dataDir();
    await using dead = await dataDir();
    oldDatabase(join(alive.path, 'tidings.db'), NEWEST);
    const running = new DatabaseSync(join(alive.path, 'tidings.db'));
    running.exec("PRAGMA wal_autocheckpoint = 0; UPDATE events SET state = 'failed'");
    for (const file of readdirSync(alive.path)) copyFileSync(join(alive.path, file), join(dead.path, file));
    running.close();
    assert.match(await look(t, dead.path, (today) => today), /events: .*failed/s);
  });

  test('at one that is running, which goes on', async () => {
    await using dir = await dataDir();
    await using inbox = await openInbox(dir.path);
    await inbox.append(newEvent());
    await inProcess(['doctor'], dir.path);
    await inProcess(['explain', '1'], dir.path);
    assert.equal((await inbox.append(newEvent())).id, 2);
    assert.equal((await inbox.check()).lastEventId, 2);
  });

  test('at one that somebody else keeps locked: doctor says so, and the others answer', async () => {
    await using dir = await dataDir();
    const path = join(dir.path, 'tidings.db');
    oldDatabase(path, NEWEST);
    const other = new DatabaseSync(path);
    other.exec('BEGIN EXCLUSIVE');
    const events = await inProcess(['events'], dir.path);
    const doctor = await inProcess(['doctor'], dir.path);
    other.close();
    assert.deepEqual([events.code, doctor.code], [0, 1], events.stderr);
    assert.match(doctor.stdout, /fail {2}database +.*locked/);
  });
});

test('what repairs an older database is refused as well: it says what upgrades it', async () => {
  await using dir = await dataDir();
  const path = join(dir.path, 'tidings.db');
  oldDatabase(path, 1);
  const before = picture(path);
  const { code, stderr } = await inProcess(['replay', '1'], dir.path);
  assert.equal(code, 1);
  assert.match(stderr, /schema version 1.*`migrate` upgrades it, and so does `start`/);
  assert.deepEqual(picture(path), before);
});

/** From this schema on upgrades only add. */
const ADDING_FROM = 5;

test('migrate upgrades an older database, and keeps it as it was where more than adding is done', async () => {
  for (const schema of OLD) {
    await using dir = await dataDir();
    oldDatabase(join(dir.path, 'tidings.db'), schema, 3);
    const { code, stdout, stderr } = await inProcess(['migrate'], dir.path);
    assert.equal(code, 0, stderr);
    assert.match(stdout, new RegExp(`schema ${schema} → ${NEWEST}`));
    assert.deepEqual(await inProcess(['events', '--json'], dir.path).then((ran) => ran.stdout.split('\n').length), 4);
    assert.equal((await inProcess(['migrate', '--check'], dir.path)).code, 0);
    const copy = join(dir.path, `tidings.db.before-schema-${NEWEST}`);
    assert.equal(stderr.includes(`it is kept in ${copy}`), schema < ADDING_FROM, stderr);
    if (schema >= ADDING_FROM) continue;
    const kept = new DatabaseSync(copy, { readOnly: true });
    assert.deepEqual({ ...kept.prepare('PRAGMA user_version').get() }, { user_version: schema });
    assert.deepEqual({ ...kept.prepare('SELECT count(*) AS events FROM events').get() }, { events: 3 });
    kept.close();
  }
});

test('a start upgrades as well, and says where the old one is', async () => {
  await using dir = await dataDir();
  const path = join(dir.path, 'tidings.db');
  oldDatabase(path, 1);
  const upgrades: unknown[] = [];
  await using inbox = await openAt({ kind: 'sqlite', path }, systemClock, {
    onUpgrade: (upgrade) => upgrades.push(upgrade),
  });
  assert.deepEqual(upgrades, [{ from: 1, to: NEWEST, copy: `${path}.before-schema-${NEWEST}` }]);
  assert.equal((await inbox.list({ limit: 9 })).length, 1);
});
