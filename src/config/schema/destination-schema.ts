import * as z from 'zod/mini';
import type { Schema } from '../../model/plugin/plugin.ts';
import { EDITORS } from '../parts/editors.ts';
import type { Rows } from '../rows/rows.ts';
import { destinationTexts } from './row-texts.ts';

type Shape = Readonly<Record<string, z.ZodMiniType>>;

/** A destination as parsed: its type, and the keys of that type. */
type Destination = { readonly type: string } & Readonly<Record<string, unknown>>;

export function destinationSchema({ channels }: Rows): z.ZodMiniType<Destination> {
  return oneOfRows(
    'type',
    Array.from(channels, ([type, row]) => {
      const object = z.strictObject({ type: z.literal(type), ...shapeOf(row.schema) });
      const { shape } = row.schema;
      return object.register(EDITORS, { options: destinationTexts(type, row), ...(shape ? { shape } : {}) });
    }),
  );
}

export function shapeOf({ keys }: Schema): Shape {
  return Object.fromEntries(Object.entries(keys).map(([key, { value }]) => [key, value]));
}

/** By the one key that tells which row it is. */
export function oneOfRows<T>(key: string, rows: readonly z.ZodMiniObject[]): z.ZodMiniType<T> {
  const [first, ...others] = rows as readonly z.core.$ZodTypeDiscriminable[];
  if (first === undefined) throw new Error('the table has no row');
  return z.discriminatedUnion(key, [first, ...others]) as unknown as z.ZodMiniType<T>;
}
