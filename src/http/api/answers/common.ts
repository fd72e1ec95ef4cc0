import { z } from 'zod';

// What /api/v1 answers, one file a subject. Every key is there in every answer, null where there is nothing; keys are only ever added.

export const Time = z.iso.datetime().describe('ISO 8601, in UTC, to the millisecond.');

export const Failure = z
  .strictObject({
    error: z.strictObject({
      code: z.string().describe('For programs: it stays the same.'),
      message: z.string().describe('For people: what happened, and what to do.'),
    }),
  })
  .describe('Why it was not done.');
export type Failure = z.infer<typeof Failure>;

/** How something stands, for a sign and a colour: never for decisions. */
export const MOODS = ['good', 'busy', 'bad', 'quiet'] as const;
export const Mood = z.enum(MOODS).describe('How something stands, for a sign and a color: never for decisions.');
export type Mood = z.infer<typeof Mood>;
