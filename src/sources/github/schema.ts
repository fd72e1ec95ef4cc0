import * as z from 'zod/mini';
import { filledListOf, shaped } from '../../config/parts/values.ts';
import type { Schema } from '../../model/plugin.ts';
import { parseOwner } from '../../model/recovery.ts';

function ownerProblem(text: string): string | undefined {
  if (parseOwner(text) !== null) return undefined;
  return 'names no webhook owner: write acme/api for a repository, acme for an organisation.';
}

export const SCHEMA: Schema = {
  text: 'repository, organisation and app webhooks.',
  keys: {
    recover: {
      value: z.optional(filledListOf(shaped(ownerProblem))),
      without: "nobody's",
      text: 'Whose missed deliveries a receiver fetches, at its start and every 10 minutes: `acme/api`, or `acme` for an organisation. Needs `GITHUB_TOKEN`, see [recover](recover.md).',
    },
  },
};
