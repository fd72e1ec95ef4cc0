import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mysqlOutcome } from './mysql-outcome.ts';

/** As the driver tells what the server says. */
function ofServer(errno: number, sqlState: string, message = 'no'): Error {
  return Object.assign(new Error(message), { code: 'ER_X', errno, sqlState, sqlMessage: message });
}

const kindOf = (errno: number, sqlState: string) => mysqlOutcome(ofServer(errno, sqlState), 'MySQL at db/x', true).kind;

test('what MySQL and MariaDB say is tried again, refused or broken', () => {
  const kinds = {
    retry: [
      [1040, '08004'],
      [1203, '42000'],
      [1205, 'HY000'],
      [1213, '40001'],
      [1047, '08S01'],
      [1053, '08S01'],
      [1290, 'HY000'],
      [1021, 'HY000'],
      [1158, '08S01'],
      [1927, '70100'],
    ],
    broken: [
      [1044, '42000'],
      [1045, '28000'],
      [1046, '3D000'],
      [1049, '42000'],
      [1054, '42S22'],
      [1064, '42000'],
      [1130, 'HY000'],
      [1142, '42000'],
      [1146, '42S02'],
      [1364, 'HY000'],
      [1471, 'HY000'],
      [1698, '28000'],
      [1906, 'HY000'],
    ],
    rejected: [
      [1048, '23000'],
      [1264, '22003'],
      [1292, '22007'],
      [1366, '22007'],
      [1366, 'HY000'],
      [1406, '22001'],
      [1452, '23000'],
      [1644, '45000'],
      [3140, '22032'],
      [4025, '23000'],
      [9999, 'HY000'],
    ],
  } as const;
  for (const [kind, numbers] of Object.entries(kinds)) {
    for (const [number, state] of numbers) assert.equal(kindOf(number, state), kind, String(number));
  }
  const absent = mysqlOutcome(ofServer(1146, '42S02', "Table 'x.t' doesn't exist"), 'MySQL at db/x', false);
  assert.deepEqual(absent, {
    kind: 'broken',
    reason:
      "MySQL at db/x refuses it: Table 'x.t' doesn't exist (1146); the table is not there; doctor prints the CREATE TABLE that fits",
    isAbsent: true,
  });
});

test('a connection that goes leaves it unknown where it was asked for a row, and else is tried again', () => {
  const gone = Object.assign(new Error('Connection lost'), { code: 'PROTOCOL_CONNECTION_LOST', fatal: true });
  const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED', errno: -111 });
  assert.equal(mysqlOutcome(gone, 'MySQL at db/x', true).kind, 'unknown');
  assert.deepEqual(mysqlOutcome(new AggregateError([refused]), 'MySQL at db/x', false), {
    kind: 'retry',
    reason: 'MySQL at db/x cannot be reached: ECONNREFUSED',
  });
  const noTls = Object.assign(new Error('Server does not support secure connection'), {
    code: 'HANDSHAKE_NO_SSL_SUPPORT',
  });
  assert.match(JSON.stringify(mysqlOutcome(noTls, 'MySQL at db/x', false)), /broken.*take ssl-mode out of url/);
});
