import { z } from 'zod';
import { Time } from './common.ts';
import { Selection } from './replays.ts';

export const PROBLEM_KINDS = [
  'broken',
  'held',
  'dead',
  'unknown',
  'quarantined',
  'failed',
  'hook',
  'secret',
  'worker',
  'rules',
  'retention',
] as const;

/** What went wrong for one cause, with the one thing to do about it. */
export const Problem = z.strictObject({
  id: z.string().describe('Stays the same while the cause does.'),
  kind: z.enum(PROBLEM_KINDS),
  title: z.string().describe('`team: not_in_channel`'),
  says: z.string().describe('What it means, one or two sentences.'),
  fix: z.string().describe('What to do, one sentence.'),
  command: z.string().nullable(),
  destination: z.string().nullable(),
  cause: z.string().nullable(),
  count: z.int().describe('Events or messages concerned.'),
  is_more: z.boolean(),
  first_at: Time.nullable(),
  last_at: Time.nullable(),
  event_ids: z.array(z.int()).describe('The newest, at most ten.'),
  retry: Selection.nullable().describe('What to replay once it is mended. Null: nothing.'),
  can_dismiss: z.boolean(),
});
export type Problem = z.infer<typeof Problem>;
export const Problems = z.strictObject({
  problems: z.array(Problem).describe('The worst first.'),
  unknown: z.array(z.string()).describe('What could not be asked, and why.'),
});
export type Problems = z.infer<typeof Problems>;

export const Dismissal = z.strictObject({ selection: Selection });
export type Dismissal = z.infer<typeof Dismissal>;
