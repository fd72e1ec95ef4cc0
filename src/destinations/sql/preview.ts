import type { ShownMessage } from '../../model/plugin/preview.ts';
import { valueOf } from './row.ts';
import type { Table } from './statements.ts';

/** The row that the table gets. `values`: null, its columns take too long to make. */
export function shownRow({ name, key, columns }: Table, id: string, values: readonly unknown[] | null): ShownMessage {
  const shown = columns.map((column, at) => ({ name: column.name, value: String(valueOf(values?.[at]) ?? 'NULL') }));
  return {
    author: null,
    brief: name,
    color: null,
    blocks: [
      {
        kind: 'fields',
        fields: [{ name: key, value: id }, ...(values === null ? [] : shown)].map((field) => ({
          name: field.name,
          value: [{ text: field.value, code: true }],
        })),
      },
    ],
  };
}
