import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDatabase } from '../../src/inbox/postgres/server/database.ts';
import { placeOf } from '../../src/inbox/postgres/server/errors.ts';
import { Secret } from '../../src/shared/secret.ts';
import * as localhost from '../fixtures/localhost-certificate.ts';
import * as elsewhere from '../fixtures/other-host-certificate.ts';
import { dataDir } from '../support/data-dir.ts';
import { type Gate, startGate } from '../support/gate.ts';
import { freshDatabase } from '../support/postgres.ts';

/** Undefined: it was answered. */
async function problem(url: string): Promise<string | undefined> {
  const db = openDatabase(new Secret(url), placeOf(url));
  try {
    await db.rows('SELECT 1');
    const alone = await db.dedicated();
    await alone.end();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  } finally {
    await db.close();
  }
}

test('sslmode asks for a certificate of a known authority and for this host; what is wrong is said with what to do', async () => {
  await using fresh = await freshDatabase();
  await using dir = await dataDir();
  const [own, other, none] = ['own.pem', 'other.pem', 'none.pem'].map((name) => join(dir.path, name)) as [
    string,
    string,
    string,
  ];
  await writeFile(own, localhost.CERTIFICATE);
  await writeFile(other, elsewhere.CERTIFICATE);
  await using right = await startGate(fresh.url, { tls: { cert: localhost.CERTIFICATE, key: localhost.PRIVATE_KEY } });
  await using wrong = await startGate(fresh.url, { tls: { cert: elsewhere.CERTIFICATE, key: elsewhere.PRIVATE_KEY } });
  await using plain = await startGate(fresh.url);
  const { username, password, pathname } = new URL(fresh.url);
  const user = `${username}:${password}`;
  const at = (gate: Gate, options: string, host = 'localhost') =>
    problem(`postgres://${user}@${host}:${gate.port}${pathname}?${options}`);

  for (const mode of ['verify-full', 'verify-ca', 'require']) {
    assert.equal(await at(right, `sslmode=${mode}&sslrootcert=${own}`), undefined, mode);
    assert.match(
      (await at(right, `sslmode=${mode}`)) ?? '',
      /certificate cannot be verified\. Name its authority/,
      mode,
    );
  }
  assert.equal(await at(right, `sslmode=verify-full&sslrootcert=${own}`, '127.0.0.1'), undefined);
  assert.equal(await at(right, 'sslmode=no-verify'), undefined);
  const full = 'sslmode=verify-full&sslrootcert=';
  assert.match((await at(right, full + other)) ?? '', /certificate cannot be verified\. Name its authority/);
  assert.match((await at(right, `${full}system`)) ?? '', /certificate cannot be verified\. Name its authority/);
  assert.match((await at(right, 'sslrootcert=system')) ?? '', /certificate cannot be verified\. Name its authority/);
  assert.match(
    (await at(wrong, full + other)) ?? '',
    /certificate is for other host names\. .*ERR_TLS_CERT_ALTNAME_INVALID/,
  );
  assert.match((await at(right, full + none)) ?? '', /certificate or key that DATABASE_URL names .* cannot be read/);
  assert.match((await at(plain, full + own)) ?? '', /the server speaks no TLS|the connection was lost/);
  // Of several hosts, each is looked at by its own name.
  const hosts = `postgres://${user}@localhost:${wrong.port},localhost:${right.port}${pathname}`;
  assert.equal(await problem(`${hosts}?${full}${own}`), undefined);
});
