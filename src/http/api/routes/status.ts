import { z } from 'zod';
import { redactAll } from '../../../shared/secrets/redact.ts';
import { isoOrNull } from '../../../shared/time-words.ts';
import { auditedJson } from '../../audited-json.ts';
import { countsJson, HOUR_MS, hourOf } from '../../counted.ts';
import { When } from '../../event-query.ts';
import { lastHour, problemsOf, standingSays, waitingIn } from '../../status-json.ts';
import { Counts, Status } from '../answers/counts.ts';
import { Audit } from '../answers/setup.ts';
import { failure, json, type Route, route } from '../route.ts';
import type { V1Deps } from '../v1-deps.ts';

const MOST_HOURS = 400;
const DAY_MS = 24 * HOUR_MS;

/** How it stands, and how it went. */
export const STATUS_ROUTES: readonly Route<V1Deps>[] = [
  route({
    method: 'GET',
    path: '/status',
    tag: 'Tidings',
    summary: 'How it stands, in one sentence: what is wrong first',
    description:
      'The figures of the last hour are made of whole hours: of the hour before this one, its part counts. `problems` counts groups without reading what failed; `/problems` may tell more apart.',
    command: 'doctor',
    role: 'viewer',
    answer: Status,
    async handle({ caller }, { archive, clock, version, invocation }: V1Deps) {
      const now = clock.now();
      const any = async (state: 'failed' | 'quarantined') =>
        (await archive.list({ state, since: now - 7 * DAY_MS, limit: 1 })).length > 0;
      const [heads, untold, depths, counted, hasFailed, hasQuarantined, [last]] = await Promise.all([
        archive.heads(),
        archive.untold(),
        archive.depths(),
        archive.counts?.(hourOf(now) - HOUR_MS, now + HOUR_MS) ?? [],
        any('failed'),
        any('quarantined'),
        archive.list({ limit: 1 }),
      ]);
      const lastEventId = last?.id ?? 0;
      const standing = { invocation, now, heads, untold, depths, counted, hasFailed, hasQuarantined, lastEventId };
      const waiting = waitingIn(depths);
      return json(
        redactAll({
          version,
          invocation,
          role: caller.role,
          ...standingSays(standing),
          received_last_hour: lastHour(counted, 'received', now),
          told_last_hour: lastHour(counted, 'told', now),
          waiting: waiting.count,
          oldest_received_at: isoOrNull(waiting.oldest),
          problems: problemsOf(standing),
          last_event_id: lastEventId,
        }),
      );
    },
  }),
  route({
    method: 'GET',
    path: '/counts',
    tag: 'Tidings',
    summary: 'What was received, told and failed, hour by hour',
    description: `Kept beside the events, so no event is read for it. At most ${MOST_HOURS} hours.`,
    role: 'viewer',
    query: z.strictObject({
      since: When.optional().describe('From the hour of that time on. Default: 24 hours before `until`.'),
      until: When.optional().describe('Until before that time. Default: now.'),
    }),
    answer: Counts,
    async handle({ query }, { archive, clock }: V1Deps) {
      const until = query.until ?? clock.now();
      const since = query.since ?? until - DAY_MS;
      if (until - hourOf(since) > MOST_HOURS * HOUR_MS || since > until) {
        return failure(400, 'bad_query', `since: at most ${MOST_HOURS} hours before until, and not after it`);
      }
      return json(redactAll(countsJson((await archive.counts?.(hourOf(since), until)) ?? [], since, until)));
    },
  }),
  route({
    method: 'GET',
    path: '/audit',
    tag: 'Tidings',
    summary: 'Who changed or asked what, from where, newest first',
    command: 'audit --json',
    role: 'viewer',
    query: z.strictObject({
      since: When.optional().describe('Since then: ISO 8601, or milliseconds since 1970. Default: seven days ago.'),
      limit: z.coerce.number().int().min(1).max(1_000).default(100).describe('At most so many.'),
    }),
    answer: Audit,
    async handle({ query: { since, limit } }, { archive, clock }: V1Deps) {
      const audited = await archive.audited(since ?? clock.now() - 7 * DAY_MS, limit);
      return json({ entries: redactAll(audited.map(auditedJson)) });
    },
  }),
];
