import { redactAll } from '../../../shared/secrets/redact.ts';
import { summaryJson } from '../../event-json.ts';
import { EVENT_QUERY, eventFilter } from '../../event-query.ts';
import { EventPage } from '../answers/events.ts';
import { json, type Route, route } from '../route.ts';
import type { V1Deps } from '../v1-deps.ts';

export const EVENT_ROUTES: readonly Route<V1Deps>[] = [
  route({
    method: 'GET',
    path: '/events',
    tag: 'Events',
    summary: 'What arrived, newest first',
    command: 'events --json',
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
];
