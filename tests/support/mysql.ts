import { after } from 'node:test';
import mysql from 'mysql2/promise';
import { FULL } from './long-form.ts';
import { lacksServer, type RealServer, startServer } from './real-server.ts';

export interface TestMysql extends AsyncDisposable {
  readonly url: string;
  readonly server: RealServer;
  /** Of one who may do everything there. */
  readonly client: mysql.Connection;
  /** Another, when the server was away. */
  again(): Promise<mysql.Connection>;
}

/** For `{ skip }` of a test: to make its tables alone takes a MariaDB seconds of CPU. */
export const NO_MYSQL = FULL ? lacksServer('mariadbd') : 'a MariaDB is started with ATTACK=full';

let server: Promise<RealServer> | undefined;
let databases = 0;

/** What it has committed outlives its own kill -9, not the machine's. */
const SETTINGS = ['--innodb-flush-log-at-trx-commit=2'];

after(async () => (await server)?.[Symbol.asyncDispose]());

/** A new database, of a user who may do everything in it, on one MariaDB for all tests of this process. */
export async function freshMysql(password = 'secret'): Promise<TestMysql> {
  const own = await (server ??= startServer('mariadbd', SETTINGS));
  const name = `of_${++databases}`;
  const clients: mysql.Connection[] = [];
  const connect = async (more: mysql.ConnectionOptions) => {
    const made = await mysql.createConnection({ host: '127.0.0.1', port: own.port, user: 'root', ...more });
    clients.push(made.on('error', () => undefined));
    return made;
  };
  const client = await connect({ jsonStrings: true });
  await client.query(`CREATE DATABASE ${name} CHARACTER SET latin1`);
  await client.query(`CREATE USER ${name}@'%' IDENTIFIED BY '${password}'`);
  await client.query(`GRANT ALL ON ${name}.* TO ${name}@'%'`);
  await client.query(`USE ${name}`);
  return {
    url: `mysql://${name}:${password}@127.0.0.1:${own.port}/${name}`,
    server: own,
    client,
    again: () => connect({ database: name }),
    async [Symbol.asyncDispose]() {
      for (const each of clients) each.destroy();
    },
  };
}
