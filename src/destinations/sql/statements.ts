// The texts that are sent. Names were checked (shapes.ts) and are quoted all the same; values are only ever parameters.

export type Dialect = 'postgres' | 'sqlite';

export interface Table {
  /** `activities`, `reports.activities` */
  readonly name: string;
  /** The column of our key. */
  readonly key: string;
  /** Its others. */
  readonly columns: readonly { readonly name: string; readonly type: string; readonly text: string }[];
}

/** A second row of one key is none. */
export function insertInto(table: Table, dialect: Dialect): string {
  const names = [table.key, ...table.columns.map(({ name }) => name)];
  const values = names.map((_, at) => (dialect === 'postgres' ? `$${at + 1}` : '?'));
  return inserting(table, values);
}

/** Is refused for what an insert would be refused for, and inserts nothing. */
export function tryInsertInto(table: Table): string {
  return `EXPLAIN ${inserting(table, [`'ntf_0'`, ...table.columns.map(() => 'NULL')])}`;
}

function inserting(table: Table, values: readonly string[]): string {
  const names = [table.key, ...table.columns.map(({ name }) => name)].map(quote);
  return `INSERT INTO ${quoteTable(table.name)} (${names.join(', ')}) VALUES (${values.join(', ')}) ON CONFLICT (${quote(table.key)}) DO NOTHING`;
}

/** For people to read, to change and to run. */
export function createTable(table: Table, dialect: Dialect): string {
  const columns = table.columns.map(({ name, type, text }) => [quote(name), typeOf(type, text, dialect)] as const);
  const all = [[quote(table.key), 'text PRIMARY KEY NOT NULL'] as const, ...columns];
  const width = Math.max(...all.map(([name]) => name.length));
  const lines = all.map(([name, type]) => `  ${name.padEnd(width)} ${type}`);
  return `CREATE TABLE ${quoteTable(table.name)} (\n${lines.join(',\n')}\n);`;
}

/** By CEL's type of the expression, which is that of its left side where it counts. Lists and records are written as JSON. */
function typeOf(type: string, text: string, dialect: Dialect): string {
  const isPostgres = dialect === 'postgres';
  const expression = text.trim();
  if (/^notification\.(?:timestamp|receivedAt)$/.test(expression)) return isPostgres ? 'timestamptz' : 'text';
  if (expression === 'notification.json' || /^(?:list|map|\$)/.test(type)) return isPostgres ? 'jsonb' : 'text';
  if (type === 'bool') return isPostgres ? 'boolean' : 'integer';
  // The fields whose type is not known beforehand are amounts.
  if (type === 'dyn' && /^activity\.\w+$/.test(expression)) return 'numeric';
  if (type !== 'int' && type !== 'double') return 'text';
  if (/[-+*/%]/.test(expression)) return /["']/.test(expression) ? 'text' : 'numeric';
  if (type === 'int') return isPostgres ? 'bigint' : 'integer';
  return isPostgres ? 'double precision' : 'real';
}

function quoteTable(name: string): string {
  return name.split('.').map(quote).join('.');
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
