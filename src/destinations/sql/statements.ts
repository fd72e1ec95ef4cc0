// The texts that are sent. Names were checked (shapes.ts) and are quoted all the same; values are only ever parameters.

export type Dialect = 'postgres' | 'mysql' | 'sqlite';

export interface Table {
  /** `activities`, `reports.activities` */
  readonly name: string;
  /** The column of our key. */
  readonly key: string;
  /** Its others. */
  readonly columns: readonly { readonly name: string; readonly type: string; readonly text: string }[];
}

/** A second row of one key is none; MySQL says that it is one (`ON DUPLICATE KEY` would say so of every unique column). */
export function insertInto(table: Table, dialect: Dialect): string {
  const names = [table.key, ...table.columns.map(({ name }) => name)];
  const values = names.map((_, at) => (dialect === 'postgres' ? `$${at + 1}` : '?'));
  return inserting(table, values, dialect);
}

/** Is refused for what an insert would be refused for, and inserts nothing. */
export function tryInsertInto(table: Table, dialect: Dialect): string {
  return `EXPLAIN ${inserting(table, [`'ntf_0'`, ...table.columns.map(() => 'NULL')], dialect)}`;
}

function inserting(table: Table, values: readonly string[], dialect: Dialect): string {
  const names = [table.key, ...table.columns.map(({ name }) => name)].map((name) => quote(name, dialect));
  const insert = `INSERT INTO ${quoteTable(table.name, dialect)} (${names.join(', ')}) VALUES (${values.join(', ')})`;
  return dialect === 'mysql' ? insert : `${insert} ON CONFLICT (${quote(table.key, dialect)}) DO NOTHING`;
}

/** Of MySQL: finds the row of one key, the only parameter. */
export function findRow(table: Table): string {
  return `SELECT 1 FROM ${quoteTable(table.name, 'mysql')} WHERE ${quote(table.key, 'mysql')} = ? LIMIT 1`;
}

/** Of MySQL: finds what makes the key column unique, by itself and in all of a key's 36 characters; and its parameters. */
export function findUnique({ name, key }: Table): readonly [sql: string, values: readonly (string | null)[]] {
  const [table = '', schema = null] = name.split('.').toReversed();
  const sql = `SELECT index_name FROM information_schema.statistics
    WHERE table_schema = coalesce(?, database()) AND table_name = ?
    GROUP BY index_name
    HAVING max(non_unique) = 0 AND count(*) = 1 AND max(column_name) = ? AND coalesce(max(sub_part), 36) >= 36`;
  return [sql, [schema, table, key]];
}

/** For people to read, to change and to run. */
export function createTable(table: Table, dialect: Dialect): string {
  const { key } = TYPES[dialect];
  const columns = table.columns.map(({ name, type, text }) => [name, typeOf(type, text, dialect)] as const);
  const all = [[table.key, key] as const, ...columns].map(([name, type]) => [quote(name, dialect), type] as const);
  const width = Math.max(...all.map(([name]) => name.length));
  const lines = all.map(([name, type]) => `  ${name.padEnd(width)} ${type}`);
  const end = dialect === 'mysql' ? ') CHARACTER SET utf8mb4;' : ');';
  return `CREATE TABLE ${quoteTable(table.name, dialect)} (\n${lines.join(',\n')}\n${end}`;
}

/** MySQL's `text` ends at 64 kB, and its `timestamp` in 2038. */
const TYPES = {
  postgres: {
    key: 'text PRIMARY KEY NOT NULL',
    text: 'text',
    time: 'timestamptz',
    json: 'jsonb',
    bool: 'boolean',
    int: 'bigint',
    double: 'double precision',
    amount: 'numeric',
    computed: 'numeric',
  },
  mysql: {
    key: 'varchar(64) CHARACTER SET ascii COLLATE ascii_bin PRIMARY KEY NOT NULL',
    text: 'longtext',
    time: 'datetime(3)',
    json: 'json',
    bool: 'boolean',
    int: 'bigint',
    double: 'double',
    amount: 'decimal(38,10)',
    computed: 'double',
  },
  sqlite: {
    key: 'text PRIMARY KEY NOT NULL',
    text: 'text',
    time: 'text',
    json: 'text',
    bool: 'integer',
    int: 'integer',
    double: 'real',
    amount: 'numeric',
    computed: 'numeric',
  },
} as const satisfies Readonly<Record<Dialect, Readonly<Record<string, string>>>>;

/** By CEL's type of the expression, which is that of its left side where it counts. Lists and records are written as JSON. */
function typeOf(type: string, text: string, dialect: Dialect): string {
  const types = TYPES[dialect];
  const expression = text.trim();
  if (/^notification\.(?:timestamp|receivedAt)$/.test(expression)) return types.time;
  if (expression === 'notification.json' || /^(?:list|map|\$)/.test(type)) return types.json;
  if (type === 'bool') return types.bool;
  // The fields whose type is not known beforehand are amounts.
  if (type === 'dyn' && /^activity\.\w+$/.test(expression)) return types.amount;
  if (type !== 'int' && type !== 'double') return types.text;
  if (/[-+*/%]/.test(expression)) return /["']/.test(expression) ? types.text : types.computed;
  return types[type];
}

function quoteTable(name: string, dialect: Dialect): string {
  return name
    .split('.')
    .map((part) => quote(part, dialect))
    .join('.');
}

function quote(name: string, dialect: Dialect): string {
  const mark = dialect === 'mysql' ? '`' : '"';
  return `${mark}${name.replaceAll(mark, mark + mark)}${mark}`;
}
