import { quoted } from '../../text/plain.ts';
import { type Judged, MAKE_TABLE, type Ran } from './database.ts';
import { told } from './server.ts';

type Meaning = readonly [kind: Judged['kind'], advice?: string];

const PRIMARY: Meaning = ['retry', 'the server takes no writes: point url to the primary'];
const NO_ENTRY: Meaning = ['broken', 'set the user and password in url right, and see from where this user may come'];
const NO_RIGHT: Meaning = ['broken', 'let this user insert: GRANT INSERT, SELECT ON the table TO it'];
const NO_COLUMN: Meaning = ['broken', 'the table lacks a column; add it, or take it out of columns'];
const NO_CLIENT: Meaning = [
  'broken',
  'let this user log in with a password: mysql_native_password or caching_sha2_password',
];
const NO_FIT: Meaning = [
  'rejected',
  "let the column's type take the value, or say another value in columns; then replay",
];
const UTF8: Meaning = [
  'rejected',
  "let the column's type take the value (a text wants CHARACTER SET utf8mb4), or say another value in columns; then replay",
];
const VIEW: Meaning = ['broken', 'name a table, not a view'];
const GENERATED: Meaning = ['broken', 'the database makes that column itself; take it out of columns'];
const CONSTRAINT: Meaning = ['rejected', 'see what the table takes, then replay'];

/**
 * By the servers' numbers, where their class says too little: https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html,
 * https://mariadb.com/docs/server/reference/error-codes
 */
const MEANINGS: Readonly<Record<number, Meaning>> = {
  1020: ['retry'],
  1021: ['retry', 'its disk is full; free some space there'],
  1030: ['retry'],
  1037: ['retry'],
  1038: ['retry'],
  1040: ['retry', 'it has too many connections'],
  1041: ['retry'],
  1044: ['broken', 'let this user into that database, or correct its name in url'],
  1045: NO_ENTRY,
  1046: ['broken', 'put the name of the database into url: mysql://…/database'],
  1047: ['retry'],
  1048: ['rejected', 'let the column be NULL, or say in columns what stands for what is missing'],
  1049: ['broken', 'create the database, or correct its name in url'],
  1053: ['retry'],
  1054: NO_COLUMN,
  1062: ['rejected', 'another column of that table is unique; it has a row with this value'],
  1105: ['retry'],
  1114: ['retry', 'its disk is full, or the table may not grow; free some space there'],
  1129: ['retry', 'it let this machine in too often in vain: FLUSH HOSTS there'],
  1130: NO_ENTRY,
  1136: NO_COLUMN,
  1142: NO_RIGHT,
  1143: NO_RIGHT,
  1146: ['broken', `the table is not there; ${MAKE_TABLE}`],
  1153: ['rejected', 'let the server take more at once (max_allowed_packet), or say less in columns; then replay'],
  1203: ['retry', 'this user has too many connections'],
  1205: ['retry', 'another program holds a lock'],
  1206: ['retry'],
  1213: ['retry'],
  1226: ['retry', 'this user has used what it may'],
  1227: NO_RIGHT,
  1251: NO_CLIENT,
  1290: PRIMARY,
  1317: ['retry'],
  1347: VIEW,
  1348: VIEW,
  1356: VIEW,
  1364: ['broken', 'give that column a DEFAULT, let it be NULL, or say it in columns'],
  1366: UTF8,
  1369: CONSTRAINT,
  1370: NO_RIGHT,
  1393: VIEW,
  1394: VIEW,
  1412: ['retry'],
  1461: ['retry', 'it has too many prepared statements (max_prepared_stmt_count)'],
  1471: VIEW,
  1524: NO_CLIENT,
  1615: ['retry'],
  1698: NO_ENTRY,
  1792: PRIMARY,
  1820: NO_ENTRY,
  1836: PRIMARY,
  1862: NO_ENTRY,
  1906: GENERATED,
  1927: ['retry'],
  1969: ['retry'],
  3024: ['retry'],
  3105: GENERATED,
  3118: NO_ENTRY,
  3819: CONSTRAINT,
  4025: CONSTRAINT,
  4031: ['retry'],
  4151: NO_ENTRY,
};

/** By the class of its SQLSTATE. The first that fits. */
const CLASSES: readonly (readonly [states: RegExp, meaning: Meaning])[] = [
  [/^(?:08|40|70|XA)/, ['retry']],
  [/^22/, NO_FIT],
  [/^28/, NO_ENTRY],
  [/^42/, ['broken', 'see that the table fits its columns']],
  // A constraint, a trigger's own refusal.
  [/./, CONSTRAINT],
];

/** What the driver says when it may not go on. */
const OF_DRIVER: Readonly<Record<string, Meaning>> = {
  AUTH_SWITCH_PLUGIN_ERROR: NO_CLIENT,
  HANDSHAKE_NO_SSL_SUPPORT: ['broken', 'let the server speak TLS, or take ssl-mode out of url'],
};

/** `hasLeft`: the server may have done what it was asked for. */
export function mysqlOutcome(error: unknown, place: string, hasLeft: boolean): Ran {
  const { code, message } = told(error);
  const said = quoted(message, 160);
  const isOfServer = error instanceof Error && 'sqlState' in error && 'errno' in error;
  const number = isOfServer ? Number(error.errno) : 0;
  const [kind, advice] = (isOfServer ? ofServer(number, String(error.sqlState)) : OF_DRIVER[code]) ?? [null];
  if (kind !== null) {
    const shown = isOfServer ? `${said} (${number})` : said;
    const reason = `${place} refuses it: ${shown}${advice === undefined ? '' : `; ${advice}`}`;
    return { kind, reason, ...(number === 1146 && { isAbsent: true }), ...(number === 1062 && { isTaken: true }) };
  }
  if (hasLeft) return { kind: 'unknown', reason: `${place} may have it: ${said}` };
  return { kind: 'retry', reason: `${place} cannot be reached: ${code || said}` };
}

function ofServer(number: number, state: string): Meaning {
  return MEANINGS[number] ?? CLASSES.find(([states]) => states.test(state))?.[1] ?? CONSTRAINT;
}
