import { z } from 'zod';
import { EVENT_STATES } from '../model/event.ts';
import { FATES } from '../model/fate.ts';
import type { EventFilter } from '../model/inbox/records.ts';

const MAX_LIMIT = 500;
/** Beyond, a date of ours says nothing: 8.64e15 is the last one that has a text. */
const LAST_MS = 8_640_000_000_000_000;

/** ISO 8601, or ms since 1970. */
export const When = z
  .string()
  .max(40)
  .transform((text) => (/^\d+$/.test(text) ? Number(text) : Date.parse(text)))
  .refine(
    (ms) => Number.isFinite(ms) && Math.abs(ms) <= LAST_MS,
    'a time such as 2030-01-31T12:00:00Z, or milliseconds since 1970',
  );
const EventIdText = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** Which events, by what is said of them. */
export const EVENT_FILTER = z.strictObject({
  state: z
    .enum([...EVENT_STATES, ...FATES])
    .optional()
    .describe('Its own, or what became of it at any one destination (with `to`: at that one).'),
  type: z.string().min(1).max(100).optional().describe('`pull_request`, or `pull_request.merged`.'),
  repo: z.string().min(1).max(200).optional().describe('`acme/api`, as the provider spells it.'),
  source: z.string().min(1).max(100).optional().describe('As it is configured.'),
  actor: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('Who did it, as the provider names them; upper and lower case are alike.'),
  text: z
    .string()
    .min(1)
    .max(300)
    .optional()
    .describe(
      'Whole words, all of which are in what it is about or in its actor’s name; case and accents do not count.',
    ),
  to: z.string().min(1).max(200).optional().describe('A destination that was to be told of it.'),
  since: When.optional().describe('Received then or later: ISO 8601, or milliseconds since 1970.'),
  until: When.optional().describe('Received before: the same.'),
});

/** The query of `GET /api/v1/events`. An unknown name is an error: a filter that is ignored shows the wrong events. */
export const EVENT_QUERY = EVENT_FILTER.extend({
  before: EventIdText.optional().describe('Only ids below: `next` of the page before.'),
  after: z.coerce
    .number()
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .optional()
    .describe('Only ids above, and the oldest first: `next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(50).describe('At most so many.'),
});

/** As the store is asked. */
export function eventFilter<Q extends { readonly type?: string | undefined }>({
  type,
  ...rest
}: Q): Omit<Q, 'type'> & Pick<EventFilter, 'kind'> {
  return type === undefined ? rest : { ...rest, kind: type };
}
