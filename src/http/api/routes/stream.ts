import { z } from 'zod';
import { EVENT_FILTER, eventFilter } from '../../event-query.ts';
import { EventSummary } from '../answers/events.ts';
import { failure, type Route, route } from '../route.ts';
import type { V1Deps } from '../v1-deps.ts';

const EventIdText = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** Of `event: many`. */
const Many = z.strictObject({
  count: z.int().describe('So many arrived.'),
  is_more: z.boolean().describe('There are more than were counted.'),
});

const ABOUT = `Server-sent events, as browsers' \`EventSource\` reads them.

| event | data | when |
|---|---|---|
| \`new\` | an event, as \`/events\` lists it | it arrived; or it fits the filter from now on |
| \`changed\` | the same | what was decided or told of one of the newest 200 has changed; it may no longer fit the filter |
| \`many\` | \`{"count", "is_more"}\` | more than 50 arrived at once: read \`/events\` anew |

\`id:\` is the newest event that was said. Whoever comes back with it in \`Last-Event-ID\`, as browsers do, hears what they missed. \`after\` says
the same for the first time. Every 15 seconds comes a comment. Who does not read for 256 KiB is hung up on. Every filter of \`/events\` holds here, too.`;

export const STREAM_ROUTES: readonly Route<V1Deps>[] = [
  route({
    method: 'GET',
    path: '/events/stream',
    tag: 'Events',
    summary: 'What arrives and what becomes of it, as it happens',
    description: ABOUT,
    role: 'viewer',
    query: EVENT_FILTER.extend({
      after: EventIdText.optional().describe('First what came after this event. Default: only what comes from now on.'),
    }),
    answer: z.union([EventSummary, Many]),
    contentType: 'text/event-stream',
    failures: { too_many_streams: 'A hundred are open already: come back after `Retry-After` seconds.' },
    async handle({ query: { after, ...filter }, headers, signal, hangUp }, { feed }: V1Deps) {
      // A browser that comes back says by itself where it was; what it asked first is older.
      const last = EventIdText.safeParse(headers.get('last-event-id') ?? undefined);
      const wish = { filter: eventFilter(filter), after: last.data ?? after ?? null, signal, hangUp };
      const body = feed.subscribe(wish);
      if (body !== null) return { kind: 'stream', contentType: 'text/event-stream', body };
      return failure(503, 'too_many_streams', 'A hundred streams are open already.', { 'Retry-After': '10' });
    },
  }),
];
