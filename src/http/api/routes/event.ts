import { z } from 'zod';
import { whyGone } from '../../../model/pruning/gone.ts';
import { redactAll } from '../../../shared/secrets/redact.ts';
import { recordJson } from '../../event-json.ts';
import { explanationJson } from '../../explain/explanation-json.ts';
import { stoppedAmong } from '../../explain/what-became.ts';
import { Activity, EventRecord, Explanation } from '../answers/events.ts';
import { MessagePreviews } from '../answers/preview.ts';
import { type Answer, failure, json, type Route, route } from '../route.ts';
import type { V1Deps } from '../v1-deps.ts';

const IdParams = z.strictObject({
  id: z
    .string()
    .regex(/^[0-9]{1,15}$/)
    .transform(Number)
    .describe('Of an event, as it is listed.'),
});

const NOT_HERE = { not_here: 'This process has no configuration to read the event by.' };

/** What is known of one event. */
export const ONE_EVENT_ROUTES: readonly Route<V1Deps>[] = [
  route({
    method: 'GET',
    path: '/events/:id',
    tag: 'Events',
    summary: 'One event: body, decision, notifications, attempts',
    command: 'events show 42 --json',
    role: 'viewer',
    params: IdParams,
    answer: EventRecord,
    async handle({ params: { id } }, { archive }: V1Deps) {
      const event = await archive.show(id);
      if (event === null) return noEvent(id);
      // The text as received: a parsed body would no longer be what was signed.
      const { body: _parsed, ...record } = recordJson(event);
      return json({ ...redactAll(record), body: event.body && event.body.toString('utf8') });
    },
  }),
  route({
    method: 'GET',
    path: '/events/:id/payload',
    tag: 'Events',
    summary: 'Its body, byte for byte as received',
    command: 'events show 42 --raw',
    role: 'viewer',
    params: IdParams,
    answer: null,
    contentType: 'application/octet-stream',
    async handle({ params: { id } }, { archive }: V1Deps) {
      const event = await archive.show(id);
      if (event === null) return noEvent(id);
      if (event.body === null) return failure(404, 'not_found', `Event ${id} is there, but ${whyGone(event)}.`);
      // Whatever somebody else wrote is never shown as a page of ours.
      const headers = {
        'Content-Disposition': `attachment; filename="event-${id}.bin"`,
        'X-Content-Type-Options': 'nosniff',
      };
      return { kind: 'bytes', contentType: 'application/octet-stream', body: event.body, headers };
    },
  }),
  route({
    method: 'GET',
    path: '/events/:id/explanation',
    tag: 'Events',
    summary: 'Why it was told, or was not: every step, every rule, every condition with what it saw',
    command: 'explain 42',
    role: 'viewer',
    params: IdParams,
    answer: Explanation,
    async handle({ params: { id } }, { archive, system, invocation, publicUrl }: V1Deps) {
      const event = await archive.show(id);
      if (event === null) return noEvent(id);
      const [heads, said] = await Promise.all([archive.heads(), system?.said(id)]);
      const stopped = stoppedAmong(heads);
      const base = publicUrl ?? system?.localUrl() ?? 'http://localhost:3000';
      const explaining = { invocation, base, stopped, said: said ?? { said: null, url: null } };
      return json(redactAll(explanationJson(event, explaining)));
    },
  }),
  route({
    method: 'GET',
    path: '/events/:id/activity',
    tag: 'Events',
    summary: 'What `if:` of a rule sees of it',
    command: 'explain 42 --activity',
    role: 'viewer',
    params: IdParams,
    answer: Activity,
    failures: NOT_HERE,
    async handle({ params: { id } }, { system }: V1Deps) {
      if (system === null) return notHere();
      const seen = await system.activity(id);
      return seen === null ? noEvent(id) : json(redactAll({ event_id: id, ...seen }));
    },
  }),
  route({
    method: 'GET',
    path: '/events/:id/preview',
    tag: 'Events',
    summary: 'How the message about it looks at a destination',
    description: 'Nothing is sent.',
    role: 'viewer',
    params: IdParams,
    query: z.strictObject({
      to: z.string().min(1).max(200).optional().describe('A destination. Default: those that it was addressed to.'),
    }),
    answer: MessagePreviews,
    failures: NOT_HERE,
    async handle({ params: { id }, query: { to } }, { system }: V1Deps) {
      if (system === null) return notHere();
      const previews = await system.preview(id, to ?? null);
      return previews === null ? noEvent(id) : json(redactAll(previews));
    },
  }),
];

function noEvent(id: number): Answer {
  return failure(404, 'not_found', `There is no event ${id}.`);
}

function notHere(): Answer {
  return failure(501, 'not_here', 'This process has no tidings.yaml to read the event by.');
}
