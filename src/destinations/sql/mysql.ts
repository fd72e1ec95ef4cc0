import type { Socket } from 'node:net';
import type * as Mysql from 'mysql2';
import type { Connection } from 'mysql2/promise';
import { loadPackages } from '../optional-packages.ts';
import type { Database } from './database.ts';
import { mysqlOutcome } from './mysql-outcome.ts';
import type { Value } from './row.ts';
import { openServer } from './server.ts';
import type { Address } from './shapes.ts';

type MysqlAddress = Extract<Address, { readonly dialect: 'mysql' }>;

/** Whatever the server has by default: each statement commits, nothing is cut to fit, times are in UTC. */
const SESSION = "SET NAMES utf8mb4, autocommit = 1, sql_mode = 'TRADITIONAL', time_zone = '+00:00'";

/** MySQL and MariaDB, by https://sidorares.github.io/node-mysql2/docs. @throws Error in words when that is not installed */
export function openMysql(address: MysqlAddress, timeoutMs: number): Database {
  const [mysql] = loadPackages('MySQL', ['mysql2']) as readonly [typeof Mysql];
  const { place } = address;
  const server = {
    dialect: 'mysql',
    place,
    connect: (socket: Socket, lost: () => void) => connect(mysql, address, socket, lost),
    end: (client: Connection) => client.end(),
    async query(client: Connection, sql: string, values: readonly Value[]): Promise<number> {
      // By `execute` values go apart from the text; what has none may be a text that cannot be prepared.
      const [result] = await (values.length === 0 ? client.query(sql) : client.execute(sql, values.map(written)));
      return Array.isArray(result) ? result.length : result.affectedRows;
    },
    outcomeOf: (error: unknown, hasLeft: boolean) => mysqlOutcome(error, place, hasLeft),
  } as const;
  return openServer(server, timeoutMs);
}

async function connect(
  mysql: typeof Mysql,
  { host, port, user, password, database, tls }: MysqlAddress,
  socket: Socket,
  lost: () => void,
): Promise<Connection> {
  const connection = mysql.createConnection({
    host,
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(database !== undefined && { database }),
    ...(tls !== undefined && { ssl: tls }),
    stream: () => socket.connect(port, host).setKeepAlive(true).setNoDelay(true),
    // Whoever waits gives up by itself.
    connectTimeout: 0,
    // A server that asks for a file of this machine gets none.
    flags: ['-LOCAL_FILES'],
    rowsAsArray: true,
    trace: false,
    disableEval: true,
  });
  connection.on('error', lost);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  connection.once('connect', () => resolve()).once('error', reject);
  await promise;
  const client = connection.promise();
  await client.query(SESSION);
  return client;
}

/** Numbers in digits, which the server reads for whatever type the column has; a bigint would lose some of them otherwise. */
function written(value: Value): string | boolean | null {
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : value;
}
