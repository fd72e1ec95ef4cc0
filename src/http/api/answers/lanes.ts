import { z } from 'zod';
import { Mood, Time } from './common.ts';

/** A destination, what waits for it, and what is wrong there. */
export const Lane = z.strictObject({
  name: z.string(),
  type: z.string(),
  where: z.string().describe('Without secrets.'),
  mood: Mood,
  says: z.string().describe('How it is, one sentence: `Nothing can arrive since 12:04: not_in_channel`.'),
  next: z.string().nullable().describe('What to do, one sentence. Null: nothing.'),
  command: z.string().nullable().describe('The command that does it.'),
  waiting: z.int(),
  cards_behind: z.int(),
  oldest_received_at: Time.nullable(),
  last_sent_at: Time.nullable(),
  paused_until: Time.nullable().describe('It failed, and is tried again then.'),
  failures: z.int(),
  broken: z.strictObject({ since: Time, reason: z.string() }).nullable(),
  held: z
    .strictObject({ by: z.string(), since: Time, until: Time.nullable() })
    .nullable()
    .describe('Somebody paused it. Null: nobody did.'),
  pace_ms: z.int().nullable().describe('Least time between two messages. Null: not known to this process.'),
  digest_over: z.int().nullable(),
  concurrency: z.int().nullable(),
  served_by: z.string().nullable().describe('Which worker has it. Null: none.'),
  can_test: z.boolean(),
});
export type Lane = z.infer<typeof Lane>;
export const Lanes = z.strictObject({
  lanes: z.array(Lane),
  undecided: z.strictObject({ waiting: z.int(), oldest_received_at: Time.nullable() }),
});
export type Lanes = z.infer<typeof Lanes>;

export const Changed = z.strictObject({ changed: z.boolean(), says: z.string() });
export type Changed = z.infer<typeof Changed>;

/** Of what waits in a lane: nobody is told of it. */
export const Drained = z.strictObject({ dry_run: z.boolean(), count: z.int(), says: z.string() });
export type Drained = z.infer<typeof Drained>;

export const TestSent = z.strictObject({
  outcome: z.enum(['sent', 'retry', 'rejected', 'broken', 'unknown']),
  says: z.string(),
  took_ms: z.int(),
});
export type TestSent = z.infer<typeof TestSent>;
