import * as z from 'zod/mini';
import { EDITORS, type Json } from '../parts/editors.ts';
import { filled, filledListOf } from '../parts/values.ts';
import { mapping } from '../read/plain-data.ts';
import type { Rows } from '../rows/rows.ts';
import { oneOfRows, shapeOf } from './destination-schema.ts';
import { sourceTexts } from './row-texts.ts';

/** A source as parsed: who sends, with which secrets, in whose words, and the keys of that provider. */
type Source = {
  readonly provider: string;
  readonly secrets?: readonly string[];
  readonly template?: string;
} & Readonly<Record<string, unknown>>;

/** `github:` with nothing behind it means all of its defaults. */
export function sourceSchema(rows: Rows): z.ZodMiniType<Source> {
  const { providers, byDefault } = rows;
  const each = Array.from(providers, ([name, row]) => {
    const provider = name === byDefault.provider ? z._default(z.literal(name), name) : z.literal(name);
    const object = z.strictObject({
      provider,
      secrets: z.optional(filledListOf(filled)),
      template: z.optional(filled),
      ...shapeOf(row.schema),
    });
    const { shape } = row.schema;
    return object.register(EDITORS, { options: sourceTexts(name, row, rows), ...(shape ? { shape } : {}) });
  });
  const withDefaults = z.transform((value: unknown): unknown => {
    const given = value ?? {};
    return given === mapping(given) ? { provider: byDefault.provider, ...given } : given;
  });
  return z
    .pipe(withDefaults, oneOfRows<Source>('provider', each))
    .register(EDITORS, { shape: (json) => ({ anyOf: [{ type: 'null' }, ...branchesOf(json)] }) });
}

/** Each without its provider too: the name may say it. Which one is meant then only the loader knows. */
function branchesOf(json: Json): readonly Json[] {
  const branches = json['oneOf'] as readonly Json[];
  return branches.map(({ required, ...branch }) => {
    const needed = ((required ?? []) as readonly string[]).filter((key) => key !== 'provider');
    return needed.length > 0 ? { ...branch, required: needed } : branch;
  });
}
