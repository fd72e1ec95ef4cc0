import { z } from 'zod';

/** How Slack answers a request it refuses. */
export interface Refusal {
  readonly status: number;
  readonly body: string;
  /** Why, for the test that has to be read; Slack itself does not say. */
  readonly why: string;
}

/** In UTF-16 units, to be on the safe side; zod's own `max` counts code points. */
const within = (max: number) => z.string().refine(({ length }) => length <= max, `longer than ${max}`);

/**
 * Blocks and their limits after https://docs.slack.dev/reference/block-kit: the ones Tidings sends. Everything else,
 * unknown fields included, is refused as Slack does.
 */
const plainText = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: within(max).min(1), emoji: z.boolean().optional() });
const mrkdwn = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: within(max).min(1), verbatim: z.boolean().optional() });
const text = (max: number) => z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);
const httpUrl = z
  .string()
  .max(3000)
  .regex(/^https?:\/\/[^\s/]+/);
const image = { type: z.literal('image'), image_url: httpUrl, alt_text: within(2000).min(1) };
const block_id = z.string().max(255).optional();
const style = z.enum(['primary', 'danger']).optional();
const confirm = z
  .strictObject({ title: plainText(100), text: text(300), confirm: plainText(30), deny: plainText(30), style })
  .optional();
const action_id = z.string().min(1).max(255).optional();
const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(75),
  action_id,
  url: httpUrl.optional(),
  value: z.string().max(2000).optional(),
  style,
  confirm,
  accessibility_label: z.string().max(75).optional(),
});
const overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id,
  options: z
    .array(z.strictObject({ text: plainText(75), value: z.string().min(1).max(150), url: httpUrl.optional() }))
    .min(1)
    .max(5),
  confirm,
});
const fields = z.array(text(2000)).min(1).max(10);
const accessory = z.union([z.strictObject(image), button, overflow]).optional();
const section = z
  .strictObject({
    type: z.literal('section'),
    text: text(3000).optional(),
    fields: fields.optional(),
    accessory,
    block_id,
  })
  .refine((block) => block.text !== undefined || block.fields !== undefined, 'a section needs text or fields');
const block = z.discriminatedUnion('type', [
  section,
  z.strictObject({
    type: z.literal('context'),
    elements: z
      .array(z.union([z.strictObject(image), text(3000)]))
      .min(1)
      .max(10),
    block_id,
  }),
  z.strictObject({ type: z.literal('header'), text: plainText(150), block_id }),
  z.strictObject({ type: z.literal('divider'), block_id }),
  z.strictObject({ ...image, title: plainText(2000).optional(), block_id }),
  z.strictObject({
    type: z.literal('actions'),
    elements: z
      .array(z.union([button, overflow]))
      .min(1)
      .max(25),
    block_id,
  }),
]);
const payload = z.strictObject({
  text: z.string().optional(),
  blocks: z.array(block).min(1).max(50).optional(),
  unfurl_links: z.boolean().optional(),
  unfurl_media: z.boolean().optional(),
  mrkdwn: z.boolean().optional(),
});

export type SlackPayload = z.infer<typeof payload>;

/** https://docs.slack.dev/surfaces/modals */
const view = z
  .strictObject({
    type: z.enum(['home', 'modal']),
    title: plainText(24).optional(),
    close: plainText(24).optional(),
    submit: plainText(24).optional(),
    blocks: z.array(block).max(100),
    private_metadata: z.string().max(3000).optional(),
    callback_id: z.string().max(255).optional(),
    external_id: z.string().max(255).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
  })
  .refine(({ type, title }) => (type === 'modal') === (title !== undefined), 'a modal has a title, a home has none');

export type SlackView = z.infer<typeof view>;

/** What is wrong at which JSON pointer, as blocks.validate says it. */
export interface Fault {
  readonly code: 'failed_constraint';
  readonly message: string;
  readonly pointer: string;
}

export function faultsOf(what: 'blocks' | 'message' | 'view', json: unknown): readonly Fault[] {
  const parsed = { blocks: z.array(block).min(1).max(50), message: payload, view }[what].safeParse(json);
  return (parsed.error?.issues ?? []).map(({ path, message }) => ({
    code: 'failed_constraint',
    message,
    pointer: path.map((step) => `/${String(step)}`).join(''),
  }));
}

export function checkView(json: unknown): SlackView | { readonly why: string } {
  const parsed = view.safeParse(json);
  return parsed.success ? parsed.data : { why: z.prettifyError(parsed.error) };
}

/** Seen to be refused; undocumented. */
const MESSAGE_BLOCK_TEXT = 11_341;
const TEXT = 40_000;

const invalid = (why: string): Refusal => ({ status: 400, body: 'invalid_payload', why });

/** Checks one request as Slack's incoming webhooks do, but with stricter eyes: `text` is needed beside blocks too. */
export function checkPayload(contentType: string | undefined, body: string): SlackPayload | Refusal {
  if (!/^application\/json\s*(;|$)/i.test(contentType ?? '')) return invalid(`content type ${contentType}`);
  try {
    return checkMessage(JSON.parse(body));
  } catch (error) {
    return invalid(String(error));
  }
}

/** The message alone: the same for incoming webhooks and chat.postMessage. */
export function checkMessage(json: unknown): SlackPayload | Refusal {
  const parsed = payload.safeParse(json);
  if (!parsed.success) {
    const inBlocks = parsed.error.issues.some((issue) => issue.path[0] === 'blocks');
    return { ...invalid(z.prettifyError(parsed.error)), ...(inBlocks && { body: 'invalid_blocks' }) };
  }
  const message = parsed.data;
  if (!message.text?.trim()) return { status: 400, body: 'no_text', why: 'text is missing or blank' };
  if (message.text.length > TEXT) return { status: 400, body: 'msg_too_long', why: `text of ${message.text.length}` };
  const size = blockTextSize(message.blocks);
  if (size >= MESSAGE_BLOCK_TEXT) return { status: 400, body: 'msg_blocks_too_long', why: `block text of ${size}` };
  return message;
}

/** Characters of all texts in the blocks together. */
export function blockTextSize(node: unknown): number {
  if (Array.isArray(node)) return node.reduce<number>((sum, child) => sum + blockTextSize(child), 0);
  if (node === null || typeof node !== 'object') return 0;
  return Object.entries(node).reduce(
    (sum, [key, value]) => sum + (key === 'text' && typeof value === 'string' ? value.length : blockTextSize(value)),
    0,
  );
}
