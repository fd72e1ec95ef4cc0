import { z } from 'zod';

const Run = z.strictObject({
  text: z.string(),
  bold: z.boolean().optional(),
  italic: z.boolean().optional(),
  struck: z.boolean().optional(),
  code: z.boolean().optional(),
  url: z.string().optional(),
});

const Block = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['text', 'small', 'quote']), runs: z.array(Run) }),
  z.strictObject({ kind: z.literal('code'), text: z.string() }),
  z.strictObject({
    kind: z.literal('fields'),
    fields: z.array(z.strictObject({ name: z.string(), value: z.array(Run) })),
  }),
  z.strictObject({ kind: z.literal('image'), alt: z.string() }),
  z.strictObject({ kind: z.literal('link'), label: z.string(), url: z.string().nullable() }),
  z.strictObject({ kind: z.literal('rule') }),
]);

/** How the message about an event would look, or looks, at one destination. Nothing is sent. */
export const MessagePreview = z
  .strictObject({
    destination: z.string(),
    type: z.string(),
    place: z.string().describe('What kind of place it is, for people, as its row is titled.'),
    is_connected: z.boolean().describe('False: nothing goes there. It is proposed while nothing is connected.'),
    author: z.string().nullable(),
    brief: z.string().nullable().describe('What a notification on a phone says.'),
    color: z.string().nullable(),
    blocks: z.array(Block).describe('Raw texts: escape them.'),
  })
  .describe('How a message looks at one destination.');
export type MessagePreview = z.infer<typeof MessagePreview>;
export const MessagePreviews = z
  .strictObject({
    event_id: z.int(),
    previews: z.array(MessagePreview).describe('Of the destinations asked for, or of those that it was addressed to.'),
    says: z
      .string()
      .nullable()
      .describe('Why there is none: the event says nothing that could be told, or its body is gone.'),
  })
  .describe('How the message about an event looks.');
export type MessagePreviews = z.infer<typeof MessagePreviews>;
