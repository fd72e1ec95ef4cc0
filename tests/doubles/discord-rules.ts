import { z } from 'zod';

/** How Discord answers a request it refuses: https://docs.discord.com/developers/reference#error-messages */
export interface DiscordRefusal {
  readonly status: number;
  readonly body: { readonly code: number; readonly message: string; readonly errors?: unknown };
}

/** In UTF-16 units, to be on the safe side; zod's own `max` counts code points. */
const within = (max: number) => z.string().refine(({ length }) => length <= max, `Must be ${max} or fewer in length.`);

/** Discord trims texts first: one of blanks is none. */
const text = (max: number) => within(max).refine((value) => value.trim() !== '', 'This field is required');
const address = z.url({ protocol: /^https?$/ }).max(2048);
const id = z.string().regex(/^\d{1,20}$/);

/** https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
const embed = z.strictObject({
  title: text(256).optional(),
  description: text(4096).optional(),
  url: address.optional(),
  image: z.strictObject({ url: address }).optional(),
  color: z.int().min(0).max(0xffffff).optional(),
  timestamp: z.iso.datetime().optional(),
  author: z.strictObject({ name: text(256), url: address.optional(), icon_url: address.optional() }).optional(),
  footer: z.strictObject({ text: text(2048) }).optional(),
  fields: z
    .array(z.strictObject({ name: text(256), value: text(1024), inline: z.boolean().optional() }))
    .max(25)
    .optional(),
});

/** Without it Discord calls whoever any text names: here it is not forgiven. */
const allowed_mentions = z
  .strictObject({
    parse: z.array(z.enum(['everyone', 'users', 'roles'])),
    users: z.array(id).max(100).optional(),
    roles: z.array(id).max(100).optional(),
  })
  .refine(
    ({ parse, users = [] }) => !parse.includes('users') || users.length === 0,
    'parse and users exclude each other',
  )
  .refine(
    ({ parse, roles = [] }) => !parse.includes('roles') || roles.length === 0,
    'parse and roles exclude each other',
  );

const message = {
  content: within(2000).optional(),
  embeds: z.array(embed).max(10).optional(),
  allowed_mentions,
};

/** https://docs.discord.com/developers/resources/webhook#create-webhook */
const username = text(80).refine(
  (name) => !/discord|clyde/i.test(name),
  'Username cannot contain "discord" or "clyde"',
);

const post = z.strictObject({ ...message, username: username.optional(), thread_name: text(100).optional() });
const edit = z.strictObject(message);

export type DiscordPayload = z.infer<typeof post>;

/** Checks a body with stricter eyes than Discord's: what it does not know it refuses. */
export function checkDiscord(json: unknown, kind: 'post' | 'edit'): DiscordPayload | DiscordRefusal {
  const parsed = (kind === 'post' ? post : edit).safeParse(json);
  if (!parsed.success) return invalid(parsed.error.issues);
  const { content = '', embeds = [] } = parsed.data;
  if (content.trim() === '' && embeds.every((each) => lengthOf(each) === 0)) {
    return { status: 400, body: { code: 50006, message: 'Cannot send an empty message' } };
  }
  const length = embeds.reduce((sum, each) => sum + lengthOf(each), 0);
  if (length > 6000)
    return invalid([{ path: ['embeds'], message: `Embed size exceeds maximum size of 6000 (${length})` }]);
  return parsed.data;
}

/** Whom a message calls: nobody by an embed. */
export function pingsOf({ content = '', allowed_mentions: allowed }: DiscordPayload): readonly string[] {
  const named = (pattern: RegExp) => [...content.matchAll(pattern)].map((match) => match[1] ?? '');
  const isAllowed = (kind: 'users' | 'roles', who: string) =>
    allowed.parse.includes(kind) || allowed[kind]?.includes(who) === true;
  return [
    ...named(/<@!?(\d+)>/g).filter((who) => isAllowed('users', who)),
    ...named(/<@&(\d+)>/g).filter((who) => isAllowed('roles', who)),
    ...named(/@(everyone|here)/g).filter(() => allowed.parse.includes('everyone')),
  ];
}

function lengthOf({ title = '', description = '', author, footer, fields = [] }: z.infer<typeof embed>): number {
  const texts = [
    title,
    description,
    author?.name ?? '',
    footer?.text ?? '',
    ...fields.flatMap((f) => [f.name, f.value]),
  ];
  return texts.reduce((sum, each) => sum + each.trim().length, 0);
}

function invalid(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): DiscordRefusal {
  const [first] = issues;
  const leaf: unknown = { _errors: [{ code: 'INVALID', message: first?.message ?? '' }] };
  const errors = (first?.path ?? []).toReversed().reduce((below, key) => ({ [String(key)]: below }), leaf);
  return { status: 400, body: { code: 50035, message: 'Invalid Form Body', errors } };
}
