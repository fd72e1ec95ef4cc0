import { z } from 'zod';
import { EVENT_STATES } from '../model/event.ts';
import { FATES } from '../model/fate.ts';
import type { EventFilter } from '../model/inbox/records.ts';

const MAX_LIMIT = 500;

const QUERY = z.strictObject({
  state: z.enum([...EVENT_STATES, ...FATES]).optional(),
  /** `pull_request`, or `pull_request.merged`. */
  type: z.string().min(1).max(100).optional(),
  repo: z.string().min(1).max(200).optional(),
  source: z.string().min(1).max(100).optional(),
  /** Who did it, as the provider names them. */
  actor: z.string().min(1).max(100).optional(),
  /** Words, all of which are in what it is about or in its actor's name. */
  text: z.string().min(1).max(300).optional(),
  /** ISO 8601, or ms since 1970. */
  since: z
    .string()
    .transform((text) => (/^\d+$/.test(text) ? Number(text) : Date.parse(text)))
    .refine((ms) => Number.isFinite(ms), 'a time such as 2030-01-31T12:00:00Z, or milliseconds since 1970')
    .optional(),
  /** The next page: only ids below, that of the last event of the page before. */
  before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(50),
});

export type EventQuery =
  | { readonly ok: true; readonly filter: EventFilter }
  | { readonly ok: false; readonly message: string };

/** The query of `GET /api/v1/events`. An unknown name is an error: a filter that is ignored shows the wrong events. */
export function eventQuery(query: Readonly<Record<string, string>>): EventQuery {
  const parsed = QUERY.safeParse(query);
  if (parsed.success) {
    const { type, ...rest } = parsed.data;
    return { ok: true, filter: type === undefined ? rest : { ...rest, kind: type } };
  }
  const problems = parsed.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')}: ${message}` : message,
  );
  return { ok: false, message: problems.join('; ') };
}
