import { z } from 'zod';
import { Time } from './common.ts';

export const CountedHour = z
  .strictObject({
    at: Time.describe('When the hour begins.'),
    received: z.int(),
    told: z.int().describe('Notifications that arrived.'),
    failed: z.int().describe('Events that could not be read, and notifications given up or of unknown fate.'),
  })
  .describe('What happened in an hour.');
/** By hour, kept beside the events: no event is read for it. */
export const Counts = z
  .strictObject({
    since: Time,
    until: Time,
    hours: z.array(CountedHour).describe('Each hour in order, also those in which nothing happened.'),
    by_source: z.record(z.string(), z.int()).describe('Events received.'),
    by_destination: z.record(z.string(), z.strictObject({ told: z.int(), failed: z.int() })),
    by_rule: z.record(z.string(), z.int()).describe('Notifications that each rule made.'),
  })
  .describe('What happened, hour by hour and by name.');
export type Counts = z.infer<typeof Counts>;

/** The strip on every page. */
export const Status = z
  .strictObject({
    version: z.string(),
    invocation: z.string().describe('How the command line is called here.'),
    role: z.enum(['viewer', 'admin']).describe('What whoever asks may do.'),
    mood: z.enum(['good', 'busy', 'bad', 'quiet']),
    says: z.string(),
    received_last_hour: z.int(),
    told_last_hour: z.int(),
    waiting: z.int(),
    oldest_received_at: Time.nullable(),
    problems: z.int().describe('Groups of problems, as /problems lists them.'),
    last_event_id: z.int(),
  })
  .describe('How it stands, in a line.');
export type Status = z.infer<typeof Status>;
