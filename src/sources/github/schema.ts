import * as z from 'zod/mini';
import { filledListOf, shaped } from '../../config/parts/values.ts';
import type { Schema } from '../../model/plugin/plugin.ts';
import { parseOwner } from '../../model/recovery.ts';

function ownerProblem(text: string): string | undefined {
  if (parseOwner(text) !== null) return undefined;
  return 'names no webhook owner: write acme/api for a repository, acme for an organisation.';
}

export const SCHEMA: Schema = {
  text: 'repository, organisation and app webhooks.',
  variables: {
    GITHUB_WEBHOOK_SECRET: {
      without: 'generated',
      text: "The secret of GitHub's webhook. Several, separated by commas, while you replace one by another.",
    },
    GITHUB_TOKEN: {
      without: null,
      text: 'For `poll`, `recover`, `connect github`, `paths` of pull requests, which job of a workflow failed, and what was open before reminders began: a token that may read the repository. Without one, `poll` gets public repositories only, at 60 requests an hour.',
    },
    GITHUB_API_URL: {
      without: '`https://api.github.com`',
      text: "Base of GitHub's REST API; on Enterprise Server `https://HOST/api/v3`.",
    },
  },
  keys: {
    recover: {
      value: z.optional(filledListOf(shaped(ownerProblem))),
      without: "nobody's",
      text: 'Whose missed deliveries a receiver fetches, at its start and every 10 minutes: `acme/api`, or `acme` for an organisation. Needs `GITHUB_TOKEN`, see [recover](recover.md).',
    },
  },
};
