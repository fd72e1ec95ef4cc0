import { compileRow, type Row } from '../../route/column/column.ts';
import { COLUMNS, type SqlSettings } from './settings.ts';
import type { Table } from './statements.ts';

/** The table that rows go into, and what makes them. @throws Error in words when a column is no expression */
export function tableOf({ table, key, columns = COLUMNS }: Pick<SqlSettings, 'table' | 'key' | 'columns'>): {
  readonly table: Table;
  readonly row: Row;
} {
  const compiled = compileRow(columns);
  if (!compiled.ok) {
    const { column, message, start } = compiled;
    throw new Error(`columns.${column}, at character ${start + 1}: ${message}`);
  }
  const { row } = compiled;
  const named = Object.entries(columns).map(([name, text], at) => ({
    name,
    text,
    type: row.columns[at]?.type ?? 'dyn',
  }));
  return { table: { name: table, key, columns: named }, row };
}
