import { z } from 'zod';
import { type Answer, type Asked, type ServiceDouble, startServiceDouble } from './service-double.ts';

const TOKEN = 'aTokenOfNobody-1234567890abcdefghijklm';
const KEY = 'aKeyOfNobody-1234567890abcdefghijklmno';
const SPACE = 'spaces/AAAAspace01';

/** https://developers.google.com/workspace/chat/api/reference/rest/v1/spaces.messages: what it does not know it refuses. */
const message = z.strictObject({
  text: z.string().min(1).optional(),
  cardsV2: z.tuple([
    z.strictObject({
      cardId: z.string(),
      card: z.strictObject({
        sections: z
          .array(
            z.strictObject({
              widgets: z.array(z.strictObject({ textParagraph: z.strictObject({ text: z.string().min(1) }) })).min(1),
            }),
          )
          .min(1)
          .max(100),
      }),
    }),
  ]),
  thread: z.strictObject({ threadKey: z.string().min(1).max(4000) }).optional(),
});

export interface ToldAtGoogle extends z.infer<typeof message> {
  readonly name: string;
  /** Thread of its own where nobody said. */
  readonly thread: { readonly threadKey: string };
}

export interface GoogleChatDouble extends ServiceDouble {
  readonly webhookUrl: string;
  /** What of the address is secret. */
  readonly secrets: readonly string[];
  readonly messages: readonly ToldAtGoogle[];
  /** Every one that could be read, those that were known included. */
  readonly tries: readonly { readonly key: string; readonly told: string }[];
  readonly violations: readonly string[];
}

/** A space of Google Chat with a webhook, which knows a repetition by `requestId`, and threads by the keys that they were begun with. */
export async function startGoogleChatDouble(): Promise<GoogleChatDouble> {
  const messages: ToldAtGoogle[] = [];
  const tries: { readonly key: string; readonly told: string }[] = [];
  const violations: string[] = [];
  const byRequest = new Map<string, ToldAtGoogle>();

  function answer({ method, url, headers, json }: Asked): Answer {
    const { searchParams: query } = url;
    if (method !== 'POST' || !headers['content-type']?.startsWith('application/json'))
      violations.push(`${method} ${headers['content-type']}`);
    if (url.pathname !== `/v1/${SPACE}/messages`) return no(404, 'NOT_FOUND', 'Space not found');
    if (query.get('key') !== KEY || query.get('token') !== TOKEN) return no(403, 'PERMISSION_DENIED', 'no');
    const parsed = message.safeParse(json);
    const bytes = Buffer.byteLength(JSON.stringify(json));
    const why = parsed.success
      ? bytes > 32_000
        ? `${bytes} bytes`
        : undefined
      : JSON.stringify(parsed.error.issues[0]);
    if (why !== undefined || !parsed.success) {
      violations.push(String(why));
      return no(400, 'INVALID_ARGUMENT', String(why));
    }
    const { thread } = parsed.data;
    const isReply = query.get('messageReplyOption') === 'REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD';
    if ((thread !== undefined) !== isReply) violations.push('a thread and no reply option, or the reverse');
    const request = query.get('requestId') ?? '';
    tries.push({ key: request, told: JSON.stringify(json) });
    const before = byRequest.get(request);
    if (before !== undefined) return yes(before);
    const name = `${SPACE}/messages/m${messages.length + 1}`;
    const told = { ...parsed.data, name, thread: thread ?? { threadKey: name } };
    messages.push(told);
    if (request !== '') byRequest.set(request, told);
    return yes(told);
  }

  const service = await startServiceDouble({ answer, isPost: () => true, violations });
  const webhookUrl = `${service.origin}/v1/${SPACE}/messages?key=${KEY}&token=${TOKEN}`;
  return { ...service, webhookUrl, secrets: [webhookUrl, KEY, TOKEN], messages, tries, violations };
}

/** Tags that a card knows, as they must be written; and what is left open. */
export function faultsInCard(html: string): readonly string[] {
  const open: string[] = [];
  const odd: string[] = [];
  for (const [tag, closing, name = ''] of html.matchAll(/<(\/?)([^\s>]*)[^>]*>?/g)) {
    if (closing) {
      if (open.pop() !== name) odd.push(`${tag} closes nothing`);
    } else if (name !== 'br') open.push(name);
    if (!closing && !/^<(?:b|i|s|br|font color="#[\da-f]{6}"|a href="https?:\/\/[^"<>]*")>$/.test(tag))
      odd.push(`a tag of somebody's: ${tag}`);
  }
  if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(html)) odd.push('a bare &');
  return [...odd, ...open.map((name) => `${name} is left open`)];
}

/** Whom a text calls, and what else acts in it. */
export function actsInText(text = ''): readonly string[] {
  return text.match(/<[^>]*>|[*_~`]/g) ?? [];
}

function yes({ name, thread }: ToldAtGoogle): Answer {
  return { status: 200, body: { name, thread: { name: `${SPACE}/threads/t`, threadKey: thread.threadKey } } };
}

function no(code: number, status: string, words: string): Answer {
  return { status: code, body: { error: { code, status, message: words } } };
}
