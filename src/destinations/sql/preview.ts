import type { ShownMessage } from '../../model/plugin/preview.ts';
import { shownCode } from '../../text/shown/blocks.ts';
import { valueOf } from './row.ts';
import type { Table } from './statements.ts';

/** The row that the table gets, column by column. `values`: null, its columns take too long to make. */
export function shownRow({ name, key, columns }: Table, id: string, values: readonly unknown[] | null): ShownMessage {
  const shown = values === null ? [] : columns.map((column, at) => [column.name, readable(valueOf(values[at]))]);
  return shownCode(Object.fromEntries([[key, id], ...shown]), { table: name });
}

/** JSON as what it says: on one line nobody reads it. */
function readable(value: ReturnType<typeof valueOf>): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
