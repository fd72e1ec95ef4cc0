import { z } from 'zod';
import { EVENT_STATES } from '../model/event.ts';
import { FATES } from '../model/fate.ts';
import type { EventFilter } from '../model/inbox/records.ts';

const MAX_LIMIT = 500;

/** ISO 8601, or ms since 1970. */
const When = z
  .string()
  .transform((text) => (/^\d+$/.test(text) ? Number(text) : Date.parse(text)))
  .refine((ms) => Number.isFinite(ms), 'a time such as 2030-01-31T12:00:00Z, or milliseconds since 1970');
const EventIdText = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** The query of `GET /api/v1/events`. An unknown name is an error: a filter that is ignored shows the wrong events. */
export const EVENT_QUERY = z.strictObject({
  state: z.enum([...EVENT_STATES, ...FATES]).optional(),
  /** `pull_request`, or `pull_request.merged`. */
  type: z.string().min(1).max(100).optional(),
  repo: z.string().min(1).max(200).optional(),
  source: z.string().min(1).max(100).optional(),
  /** Who did it, as the provider names them. */
  actor: z.string().min(1).max(100).optional(),
  /** Words, all of which are in what it is about or in its actor's name. */
  text: z.string().min(1).max(300).optional(),
  /** A destination it was put to; with a state that is a fate: that fate there. */
  to: z.string().min(1).max(100).optional(),
  since: When.optional(),
  /** Exclusive. */
  until: When.optional(),
  /** The next page: only ids below, that of the last event of the page before. */
  before: EventIdText.optional(),
  /** Oldest first: only ids above, that of the last event of the page before. */
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(50),
});

export function eventFilter({ type, ...rest }: z.infer<typeof EVENT_QUERY>): EventFilter {
  return type === undefined ? rest : { ...rest, kind: type };
}
