import * as z from 'zod/mini';
import type { Schema } from '../../model/plugin.ts';
import type { Kinds } from '../kinds.ts';
import { EDITORS } from '../parts/editors.ts';
import { destinationTexts } from './kind-texts.ts';

type Shape = Readonly<Record<string, z.ZodMiniType>>;

/** A destination as parsed: its type, and the keys of that type. */
type Destination = { readonly type: string } & Readonly<Record<string, unknown>>;

export function destinationSchema({ channels }: Kinds): z.ZodMiniType<Destination> {
  return oneOfKinds(
    'type',
    Array.from(channels, ([type, kind]) => {
      const object = z.strictObject({ type: z.literal(type), ...shapeOf(kind.schema) });
      const { shape } = kind.schema;
      return object.register(EDITORS, { options: destinationTexts(type, kind), ...(shape ? { shape } : {}) });
    }),
  );
}

export function shapeOf({ keys }: Schema): Shape {
  return Object.fromEntries(Object.entries(keys).map(([key, { value }]) => [key, value]));
}

/** By the one key that tells which row it is. */
export function oneOfKinds<T>(key: string, kinds: readonly z.ZodMiniObject[]): z.ZodMiniType<T> {
  const [first, ...others] = kinds as readonly z.core.$ZodTypeDiscriminable[];
  if (first === undefined) throw new Error('the table has no row');
  return z.discriminatedUnion(key, [first, ...others]) as unknown as z.ZodMiniType<T>;
}
