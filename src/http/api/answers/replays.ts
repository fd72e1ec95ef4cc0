import { z } from 'zod';
import { EVENT_STATES } from '../../../model/event.ts';
import { FATES } from '../../../model/fate.ts';
import { Time } from './common.ts';
import { EventSummary } from './events.ts';

/** Which events: by id, or all that match. Of messages: `dead` or `unknown`, at one destination, for one reason. */
export const Selection = z.union([
  z.strictObject({ ids: z.array(z.int().min(1)).min(1).max(500) }),
  z.strictObject({
    messages: z.strictObject({
      state: z.enum(['dead', 'unknown']),
      destination: z.string().optional(),
      cause: z.string().optional().describe('As `problems` names it.'),
    }),
  }),
  z.strictObject({
    filter: z.strictObject({
      state: z.enum([...EVENT_STATES, ...FATES]).optional(),
      type: z.string().optional(),
      repo: z.string().optional(),
      source: z.string().optional(),
      actor: z.string().optional(),
      text: z.string().optional(),
      to: z.string().optional(),
      since: z.union([z.string(), z.int()]).optional(),
      until: z.union([z.string(), z.int()]).optional(),
    }),
  }),
]);
export type Selection = z.infer<typeof Selection>;

export const ReplayWish = z.strictObject({ selection: Selection, dry_run: z.boolean().default(false) });
export type ReplayWish = z.infer<typeof ReplayWish>;

/** What would be done. */
export const ReplayPlan = z.strictObject({
  count: z.int(),
  is_more: z.boolean().describe('There are more than were counted.'),
  gone: z.int().describe('Left out: their bodies are gone.'),
  sample: z.array(EventSummary).describe('The first ten.'),
  says: z.string(),
  command: z.string().nullable(),
});
export type ReplayPlan = z.infer<typeof ReplayPlan>;

/** planned → running → done, cancelled or failed; stopped: the process that ran it is gone. */
export const Replay = z.strictObject({
  id: z.string(),
  state: z.enum(['running', 'done', 'cancelled', 'failed', 'stopped']),
  total: z.int(),
  done: z.int(),
  started_at: Time,
  ended_at: Time.nullable(),
  by: z.string(),
  says: z.string(),
});
export type Replay = z.infer<typeof Replay>;
