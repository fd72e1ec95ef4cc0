import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { dataDir } from '../../../../tests/support/data-dir.ts';
import { inProcess } from '../../../../tests/support/in-process.ts';
import { freshDatabase } from '../../../../tests/support/postgres.ts';

test('the table is printed, made where somebody says so, and then found as it is', async () => {
  await using dir = await dataDir();
  await using database = await freshDatabase({ empty: true });
  const url = new URL(database.url);
  url.password = 'a-password-of-nobody';
  const env = { SQL_URL: url.href };
  const dry = await inProcess(['connect', 'sql', '--dry-run'], dir.path, env);
  assert.match(
    dry.stdout,
    /^CREATE TABLE "activities" \(\n {2}"id" +text PRIMARY KEY NOT NULL,\n[\s\S]*"data" +jsonb\n\);\n$/,
  );
  assert.match(dry.stderr, /42P01.*\. Dry run: nothing was written/);
  const asked = await inProcess(['connect', 'sql'], dir.path, env);
  assert.match(asked.stderr, /add --create, or create the table and try again/);
  assert.equal(existsSync(join(dir.path, '.env')), false);
  const made = await inProcess(['connect', 'sql', '--create'], dir.path, env);
  assert.equal(made.code, 0, made.stderr);
  assert.match(made.stderr, /created table activities, Postgres at/);
  assert.equal(readFileSync(join(dir.path, '.env'), 'utf8'), `SQL_URL=${url.href}\n`);
  const found = await inProcess(['connect', 'sql'], dir.path, env);
  assert.match(found.stderr, /found {2}table activities, Postgres at .*: it takes rows as it is/);
  for (const { stdout, stderr } of [dry, asked, made, found]) assert.ok(!(stdout + stderr).includes(url.password));
});

test('a table of another form is left alone, and a name that is none is refused', async () => {
  await using dir = await dataDir();
  const path = join(dir.path, 'reports.db');
  using database = new DatabaseSync(path);
  database.exec('CREATE TABLE activities (id text)');
  const env = { SQL_URL: `sqlite:${path}` };
  const other = await inProcess(['connect', 'sql', '--create'], dir.path, env);
  assert.match(other.stderr, /Not connected, nothing was written: SQLite .*the table lacks a column/);
  const wrong = await inProcess(['connect', 'sql', '--table', 'a"; DROP TABLE activities'], dir.path, env);
  assert.match(wrong.stderr, /--table must be letters, digits and _/);
});
