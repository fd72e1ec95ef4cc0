import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Secret } from '../../shared/secret.ts';
import { ConfigError } from '../config-error.ts';
import { adminToken, adminTokenOrNull, generatedSecret, keptSecret } from './generated-secret.ts';

function dataDirectory(t: TestContext): string {
  const parent = mkdtempSync(join(tmpdir(), 'tidings-secret-'));
  t.after(() => rmSync(parent, { recursive: true, force: true }));
  return join(parent, 'deep', 'data');
}

function ofGithub(dataDir: string) {
  return { dataDir, source: 'github', variable: 'GITHUB_WEBHOOK_SECRET' };
}

test('a secret is generated once, for its owner alone, and kept', (t) => {
  const dataDir = dataDirectory(t);
  assert.equal(keptSecret(ofGithub(dataDir)), null);
  const first = generatedSecret(ofGithub(dataDir));
  assert.equal(first.fresh, true);
  assert.match(first.secret.reveal(), /^[0-9a-f]{64}$/);
  const second = generatedSecret(ofGithub(dataDir));
  assert.equal(second.fresh, false);
  assert.equal(second.secret.reveal(), first.secret.reveal());
  assert.equal(keptSecret(ofGithub(dataDir))?.secret.reveal(), first.secret.reveal());
  assert.equal(statSync(first.path).mode & 0o777, 0o600);
  assert.equal(statSync(dataDir).mode & 0o777, 0o700);
  assert.deepEqual(readdirSync(dataDir), ['github-secret']);
});

test('processes that start at once agree on one secret, and one of them made it', async (t) => {
  const dataDir = dataDirectory(t);
  const module = JSON.stringify(fileURLToPath(new URL('./generated-secret.ts', import.meta.url)));
  const program = `
    const { generatedSecret } = await import(${module});
    const { secret, fresh } = generatedSecret({ dataDir: process.argv[1], source: 'github', variable: 'X' });
    console.log(JSON.stringify([secret.reveal(), fresh]));
  `;
  const run = promisify(execFile);
  const runs = await Promise.all(
    Array.from({ length: 6 }, () => run(process.execPath, ['--input-type=module', '-e', program, dataDir])),
  );
  const results = runs.map(({ stdout }) => JSON.parse(stdout) as [string, boolean]);
  assert.equal(new Set(results.map(([secret]) => secret)).size, 1);
  assert.equal(results.filter(([, fresh]) => fresh).length, 1);
  assert.deepEqual(readdirSync(dataDir), ['github-secret']);
});

test('a kept file that is empty or cannot be read is an error that names it, and is left as it is', (t) => {
  const dataDir = dataDirectory(t);
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'github-secret');
  writeFileSync(path, '\n');
  assert.throws(() => generatedSecret(ofGithub(dataDir)), {
    message: `1 problem in the configuration\n\nGITHUB_WEBHOOK_SECRET: is not set, and the file of the generated one is empty: remove it and a new one is generated (${path})`,
  });
  assert.equal(readFileSync(path, 'utf8'), '\n');
  rmSync(path);
  mkdirSync(path);
  assert.throws(
    () => generatedSecret(ofGithub(dataDir)),
    /the file of the generated one cannot be read: it is a directory/,
  );
});

test('a data directory that cannot be made is an error in words', (t) => {
  const dataDir = dataDirectory(t);
  mkdirSync(join(dataDir, '..'), { recursive: true });
  writeFileSync(dataDir, 'a file');
  assert.throws(() => generatedSecret(ofGithub(join(dataDir, 'below'))), ConfigError);
  assert.throws(() => generatedSecret(ofGithub(join(dataDir, 'below'))), /part of its path is a file, not a directory/);
});

test('the admin token is the one given, else one that is kept', (t) => {
  const dataDir = dataDirectory(t);
  assert.equal(adminToken({ adminToken: new Secret('given'), dataDir }).reveal(), 'given');
  assert.throws(() => statSync(dataDir), 'nothing was written');
  const made = adminToken({ adminToken: null, dataDir }).reveal();
  assert.equal(adminToken({ adminToken: null, dataDir }).reveal(), made);
  assert.equal(statSync(join(dataDir, 'admin-token')).mode & 0o777, 0o600);
});

test('a disk without room is an error in words, leaves nothing behind, and the next call tries again', async (t) => {
  const dataDir = dataDirectory(t);
  mkdirSync(dataDir, { recursive: true });
  const module = JSON.stringify(fileURLToPath(new URL('./generated-secret.ts', import.meta.url)));
  const program = `
    const { adminToken, adminTokenOrNull } = await import(${module});
    const config = { adminToken: null, dataDir: process.argv[1] };
    console.log(adminTokenOrNull(config));
    try { adminToken(config) } catch (error) { console.log(error.message) }
  `;
  // No file may grow beyond 0 bytes: names can be made, content cannot, as on a full disk.
  const limited = ['-c', 'ulimit -f 0 && exec "$@"', 'sh', process.execPath, '--input-type=module', '-e', program];
  const { stdout } = await promisify(execFile)('sh', [...limited, dataDir]);
  assert.match(stdout, /^null\n.*ADMIN_TOKEN: is not set, and the file of the generated one cannot be written/s);
  assert.deepEqual(readdirSync(dataDir), []);
  assert.match(adminTokenOrNull({ adminToken: null, dataDir })?.reveal() ?? '', /^[0-9a-f]{64}$/);
});
