import { z } from 'zod';

/** https://core.telegram.org/bots/api#sendmessage: what it does not know it refuses. */
const message = z.strictObject({
  chat_id: z.string(),
  message_thread_id: z.int().optional(),
  text: z.string(),
  parse_mode: z.literal('HTML').optional(),
  link_preview_options: z.strictObject({ is_disabled: z.literal(true) }),
  reply_parameters: z
    .strictObject({ message_id: z.int().positive(), allow_sending_without_reply: z.literal(true) })
    .optional(),
});

export type TelegramMessage = z.infer<typeof message>;

export interface Entity {
  readonly tag: string;
  /** Of a link. */
  readonly href: string;
  readonly text: string;
}

export interface ParsedText {
  readonly text: string;
  /** The same without what is in code, where nothing acts. */
  readonly acting: string;
  readonly entities: readonly Entity[];
}

const TAGS = /^(?:a|b|i|s|u|code|pre|blockquote)$/;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

/** As Telegram reads it (https://core.telegram.org/bots/api#html-style); a text is why it does not. */
export function parseTelegramHtml(html: string): ParsedText | string {
  const open: { readonly tag: string; readonly href: string; readonly from: number }[] = [];
  const entities: Entity[] = [];
  let [text, acting] = ['', ''];
  for (const [token, closing, tag, href = ''] of html.matchAll(/<(\/?)([\w-]*)(?: href="([^"<>]*)")?>|&\w+;|[^]/gu)) {
    if (tag !== undefined) {
      const hasAddress = token.includes(' href=');
      if (/&(?!(?:amp|lt|gt|quot);)/.test(href)) return `Unescaped "&" in ${token}`;
      if (!TAGS.test(tag) || (closing ? hasAddress : hasAddress !== (tag === 'a'))) return `Unsupported tag "${token}"`;
      if (closing) {
        const begun = open.pop();
        if (begun?.tag !== tag) return `Unmatched end tag "${tag}"`;
        entities.push({ tag, href: begun.href, text: text.slice(begun.from) });
      } else {
        if (isInCode(open) || open.some((outer) => outer.tag === tag)) return `"${tag}" within "${open.at(-1)?.tag}"`;
        open.push({ tag, href: decoded(href), from: text.length });
      }
    } else {
      if (token === '<' || token === '>' || token === '&') return `Unescaped "${token}"`;
      const character = decoded(token);
      if (token.length > 2 && character === token) return `Unknown entity "${token}"`;
      text += character;
      acting += isInCode(open) ? ' ' : character;
    }
  }
  return open.length > 0 ? `Can't find end tag of "${open.at(-1)?.tag}"` : { text, acting, entities };
}

/** What holds no other entities. */
function isInCode(open: readonly { readonly tag: string }[]): boolean {
  return open.some(({ tag }) => tag === 'code' || tag === 'pre');
}

function decoded(text: string): string {
  return text.replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}

/** Names and commands that act by themselves, and users who are called by a link. */
export function actsIn({ acting, entities }: ParsedText): readonly string[] {
  return [
    ...[...acting.matchAll(/(?<![A-Za-z0-9_])@[A-Za-z0-9_]{2,32}/g)].map(([name]) => name),
    ...[...acting.matchAll(/(?<![A-Za-z0-9_/<>])\/[A-Za-z0-9_]{1,64}/g)].map(([command]) => command),
    ...entities.filter(({ href }) => href !== '' && !/^https?:/.test(href)).map(({ href }) => href),
  ];
}

export interface TelegramNo {
  readonly status: number;
  readonly body: {
    readonly ok: false;
    readonly error_code: number;
    readonly description: string;
    readonly parameters?: object;
  };
}

export function telegramNo(status: number, description: string, parameters?: object): TelegramNo {
  return { status, body: { ok: false, error_code: status, description, ...(parameters && { parameters }) } };
}

export function checkTelegram(
  json: unknown,
): { readonly message: TelegramMessage; readonly parsed: ParsedText } | TelegramNo {
  const checked = message.safeParse(json);
  if (!checked.success) return telegramNo(400, `Bad Request: ${checked.error.issues[0]?.message}`);
  const { text, parse_mode: mode } = checked.data;
  const parsed = mode === undefined ? { text, acting: text, entities: [] } : parseTelegramHtml(text);
  if (typeof parsed === 'string') return telegramNo(400, `Bad Request: can't parse entities: ${parsed}`);
  if (parsed.text.trim() === '') return telegramNo(400, 'Bad Request: message text is empty');
  if (parsed.text.length > 4096) return telegramNo(400, 'Bad Request: message is too long');
  if (!text.isWellFormed()) return telegramNo(400, 'Bad Request: strings must be encoded in UTF-8');
  return { message: checked.data, parsed };
}
