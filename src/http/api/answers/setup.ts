import { z } from 'zod';
import { Time } from './common.ts';

/** What a person does to connect one thing. */
export const SetupStep = z.strictObject({
  id: z.enum(['receive', 'source', 'destination', 'rules']),
  title: z.string(),
  done: z.boolean(),
  says: z.string().describe('How it stands, one sentence.'),
  commands: z.array(z.strictObject({ command: z.string(), says: z.string() })),
  fields: z
    .array(z.strictObject({ name: z.string(), value: z.string(), is_secret: z.boolean() }))
    .describe('What to paste where; secrets are never shown, only where they are kept.'),
  links: z.array(z.strictObject({ title: z.string(), url: z.string() })),
});
export const Setup = z.strictObject({
  steps: z.array(SetupStep),
  sample: z.string().nullable().describe('The sample that can be sent. Null: none, where nothing receives here.'),
  command: z.string().nullable(),
});
export type Setup = z.infer<typeof Setup>;

export const SampleSent = z.strictObject({ event_id: z.int().nullable(), says: z.string() });
export type SampleSent = z.infer<typeof SampleSent>;

export const AuditEntry = z
  .strictObject({
    at: Time,
    who: z.string(),
    from: z.string(),
    what: z.string(),
    about: z.string().nullable(),
    outcome: z.string(),
  })
  .describe('Something that a person did or asked.');
export const Audit = z
  .strictObject({ entries: z.array(AuditEntry).describe('Newest first.') })
  .describe('Who did what, from where, and what came of it.');
export type AuditEntry = z.infer<typeof AuditEntry>;
export type Audit = z.infer<typeof Audit>;

export const SourceList = z
  .strictObject({ started_at: Time, sources: z.array(z.strictObject({ name: z.string() })) })
  .describe('For which sources webhooks are taken here.');
export type SourceList = z.infer<typeof SourceList>;
