import { z } from 'zod';
import { redactAll } from '../../../shared/secrets/redact.ts';
import { recordJson, summaryJson } from '../../event-json.ts';
import { EVENT_QUERY, eventFilter } from '../../event-query.ts';
import { EventPage, EventRecord } from '../answers/events.ts';
import { failure, json, type Route, route } from '../route.ts';
import type { V1Deps } from '../v1-deps.ts';

const IdParams = z.strictObject({
  id: z
    .string()
    .regex(/^[0-9]{1,15}$/)
    .describe('Of an event, as it is listed.')
    .transform(Number),
});

export const EVENT_ROUTES: readonly Route<V1Deps>[] = [
  route({
    method: 'GET',
    path: '/events',
    tag: 'Events',
    summary: 'What arrived, newest first',
    command: 'events',
    role: 'viewer',
    query: EVENT_QUERY,
    answer: EventPage,
    async handle({ query }, { archive }: V1Deps) {
      // One more says whether there is another page.
      const found = await archive.list(eventFilter({ ...query, limit: query.limit + 1 }));
      const events = found.slice(0, query.limit);
      const next = found.length > events.length ? (events.at(-1)?.id ?? null) : null;
      return json({ events: redactAll(events.map(summaryJson)), next });
    },
  }),
  route({
    method: 'GET',
    path: '/events/:id',
    tag: 'Events',
    summary: 'One event: body, decision, notifications, attempts',
    command: 'events show 42',
    role: 'viewer',
    params: IdParams,
    answer: EventRecord,
    async handle({ params: { id } }, { archive }: V1Deps) {
      const event = await archive.show(id);
      if (event === null) return failure(404, 'not_found', `There is no event ${id}.`);
      // The text as received: a parsed body would no longer be what was signed.
      const { body: _parsed, ...record } = recordJson(event);
      return json({ ...redactAll(record), body: event.body && event.body.toString('utf8') });
    },
  }),
];
