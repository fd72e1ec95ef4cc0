import type { Destination } from '../../model/destination.ts';
import { Secret } from '../../shared/secret.ts';
import { addressProblem, MOST_COLUMNS, nameProblem, tableProblem } from './shapes.ts';

export interface SqlOptions {
  readonly name: string;
  /** `postgres://USER:PASSWORD@HOST/DATABASE`, `mysql://…` (needs `npm install mysql2`), or `sqlite:` and the path of a file that is there. */
  readonly url: string | Secret;
  /** Spelt as the database has it. Default `activities`. */
  readonly table?: string;
  /** The column that is unique, and gets the key. Default `id`. */
  readonly key?: string;
  /** Column → CEL over `activity` and `notification`. Default: those that docs/destinations/sql.md lists. */
  readonly columns?: Readonly<Record<string, string>>;
  /** Rows on their way at once; more than 1 gives up order. Default 4. */
  readonly concurrency?: number;
  /** Default 10 s. */
  readonly timeoutMs?: number;
}

/**
 * A table that gets every activity as one row. It connects when the first is sent.
 * @throws Error when the address or a name cannot be one, a column is no expression, or the driver is not installed
 */
export async function sqlDestination(options: SqlOptions): Promise<Destination> {
  const { name, table = 'activities', key = 'id', columns, concurrency = 4, timeoutMs = 10_000 } = options;
  const names = Object.keys(columns ?? {});
  const url = Secret.of(options.url).reveal();
  const problems = [
    ['url', addressProblem(url)],
    ['table', tableProblem(table)],
    ['key', nameProblem(key)],
    ...names.map((column) => [`columns.${column}`, nameProblem(column)] as const),
    ['columns', names.length > MOST_COLUMNS ? `has more than ${MOST_COLUMNS}.` : undefined],
  ] as const;
  const [at, problem] = problems.find(([, each]) => each !== undefined) ?? [];
  if (problem !== undefined) throw new Error(`sqlDestination: ${at} ${problem}`);
  const { tableOf } = await import('./table.ts');
  const { openDatabase } = await import('./open.ts');
  const { sqlDestination: createSql } = await import('./sql-destination.ts');
  const made = tableOf({ table, key, ...(columns !== undefined && { columns }) });
  const database = await openDatabase(url, timeoutMs);
  return createSql({ name, ...made, concurrency, database });
}
