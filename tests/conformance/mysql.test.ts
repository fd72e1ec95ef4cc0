import { test } from 'node:test';
import type { RowDataPacket } from 'mysql2';
import { channel } from '../../src/destinations/sql/channel.ts';
import { createTable } from '../../src/destinations/sql/statements.ts';
import { tableOf } from '../../src/destinations/sql/table.ts';
import { startDatabaseRelay } from '../doubles/database-relay.ts';
import { freshMysql, NO_MYSQL } from '../support/mysql.ts';
import { destinationConformance, OPENING } from './destination.ts';
import type { DestinationUnderTest } from './destination-under-test.ts';
import { LACKS, PASSWORD, settingsOf, watched } from './destinations/sql.ts';

// What every destination is asked, of a table in MariaDB.

if (NO_MYSQL === false) destinationConformance('sql, MySQL', onMysql);
else test('destination conformance: sql, MySQL', { skip: NO_MYSQL }, () => {});

async function onMysql(): Promise<DestinationUnderTest> {
  await using stack = new AsyncDisposableStack();
  const { url, client } = stack.use(await freshMysql(PASSWORD));
  const relay = stack.use(await startDatabaseRelay(url));
  const settings = settingsOf(relay.url);
  const { table } = tableOf(settings);
  await client.query(createTable(table, 'mysql'));
  const refusing = (state: string, number: number) => ({
    begin: () =>
      client.query(
        `CREATE TRIGGER no BEFORE INSERT ON activities FOR EACH ROW
          SIGNAL SQLSTATE '${state}' SET MYSQL_ERRNO = ${number}, MESSAGE_TEXT = 'refused by a trigger'`,
      ),
    end: () => client.query('DROP TRIGGER no'),
  });
  const destination = stack.use(await channel.open({ ...OPENING, settings }));
  const columns = [table.key, ...table.columns.map(({ name }) => name)];
  const { failing, final, broken, ...under } = watched(settings, destination, {
    trouble: {
      failing: refusing('40001', 1213),
      final: refusing('45000', 1644),
      broken: {
        begin: () => client.query('RENAME TABLE activities TO gone'),
        end: () => client.query('RENAME TABLE gone TO activities'),
      },
    },
    async take() {
      const object = columns.map((name) => `'${name}', \`${name}\``).join();
      const [rows] = await client.query<RowDataPacket[]>(`SELECT json_object(${object}) AS \`row\` FROM activities`);
      await client.query('DELETE FROM activities');
      return rows.map(({ row }) => String(row));
    },
  });
  const owned = stack.move();
  return {
    ...under,
    endings: { failing, final, broken, lost: () => relay.plan('lost'), stuck: () => relay.plan('stuck') },
    lacks: LACKS,
    reached: relay.waitFor,
    close: async () => relay[Symbol.asyncDispose](),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
