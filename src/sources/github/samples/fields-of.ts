import { FIELDS } from './fields.ts';

/** Whose fields are whatever their sender likes, or any of what was changed. */
const FREE = new Set(['changes', 'client_payload', 'custom_properties', 'inputs', 'payload']);

const BY_HOLDER: ReadonlyMap<string, readonly string[]> = new Map(
  FIELDS.trim()
    .split('\n')
    .flatMap((line) => {
      const [holders = '', fields = ''] = line.split(': ');
      return holders.split(' ').map((holder) => [holder, fields.split(' ')] as const);
    }),
);

/** The fields that GitHub's objects of this name have, also those a payload leaves out. Null: any, or nobody knows. */
export function fieldsOf(holder: string): readonly string[] | null {
  return FREE.has(holder) ? null : (BY_HOLDER.get(holder) ?? null);
}
