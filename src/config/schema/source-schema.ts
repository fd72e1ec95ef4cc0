import * as z from 'zod/mini';
import type { Kinds } from '../kinds.ts';
import { EDITORS } from '../parts/editors.ts';
import { filled, filledListOf } from '../parts/values.ts';
import { mapping } from '../read/plain-data.ts';
import { oneOfKinds, shapeOf } from './destination-schema.ts';
import { sourceTexts } from './kind-texts.ts';

/** A source as parsed: who sends, with which secrets, and the keys of that provider. */
type Source = { readonly provider: string; readonly secrets?: readonly string[] } & Readonly<Record<string, unknown>>;

/** `github:` with nothing behind it means all of its defaults. */
export function sourceSchema(kinds: Kinds): z.ZodMiniType<Source> {
  const { providers, byDefault } = kinds;
  const each = Array.from(providers, ([name, kind]) => {
    const provider = name === byDefault.provider ? z._default(z.literal(name), name) : z.literal(name);
    const object = z.strictObject({
      provider,
      secrets: z.optional(filledListOf(filled)),
      ...shapeOf(kind.schema),
    });
    const { shape } = kind.schema;
    return object.register(EDITORS, { options: sourceTexts(name, kind, kinds), ...(shape ? { shape } : {}) });
  });
  const withDefaults = z.transform((value: unknown): unknown => {
    const given = value ?? {};
    return given === mapping(given) ? { provider: byDefault.provider, ...given } : given;
  });
  return z
    .pipe(withDefaults, oneOfKinds<Source>('provider', each))
    .register(EDITORS, { shape: (json) => ({ anyOf: [{ type: 'null' }, json] }) });
}
