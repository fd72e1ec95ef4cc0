import * as z from 'zod/mini';
import { parseOwner } from '../../model/recovery.ts';
import { EDITORS } from './editors.ts';
import { filled, filledListOf, shaped } from './parts.ts';

function ownerProblem(text: string): string | undefined {
  if (parseOwner(text) !== null) return undefined;
  return 'names no webhook owner: write acme/api for a repository, acme for an organisation.';
}

const source = z
  .strictObject({
    provider: z._default(z.enum(['github']), 'github'),
    secrets: z.optional(filledListOf(filled)),
    recover: z.optional(filledListOf(shaped(ownerProblem))),
  })
  .register(EDITORS, { section: 'source' });

/** `github:` with nothing behind it means all of its defaults. */
export const sourceOrEmpty = z
  .pipe(
    z.transform((value: unknown): unknown => value ?? {}),
    source,
  )
  .register(EDITORS, { shape: (json) => ({ anyOf: [{ type: 'null' }, json] }) });

export const SOURCE_KEYS = Object.keys(source.shape);
