import { z } from 'zod';
import { type Answer, type Asked, type ServiceDouble, startServiceDouble } from './service-double.ts';

const TOKEN = 'syt_dGlkaW5ncw_aTokenOfNobody_1234567890';
const ROOM = '!aRoomOfNobody:example.org';
const BOT = '@tidings:example.org';

const eventId = z.string().regex(/^\$/);

/** https://spec.matrix.org/latest/client-server-api/#mroommessage; a missing `m.mentions` is not forgiven. */
const content = z.strictObject({
  msgtype: z.literal('m.notice'),
  body: z.string().min(1),
  format: z.literal('org.matrix.custom.html'),
  formatted_body: z.string().min(1),
  'm.mentions': z.strictObject({
    user_ids: z.array(z.string().regex(/^@\S+:\S+$/)).optional(),
    room: z.literal(true).optional(),
  }),
  'm.relates_to': z
    .strictObject({
      rel_type: z.literal('m.thread'),
      event_id: eventId,
      is_falling_back: z.literal(true),
      'm.in_reply_to': z.strictObject({ event_id: eventId }),
    })
    .optional(),
});

export type MatrixEvent = z.infer<typeof content> & { readonly event_id: string };

export interface MatrixDouble extends ServiceDouble {
  readonly token: string;
  readonly room: string;
  readonly alias: string;
  readonly events: readonly MatrixEvent[];
  /** Every one that came, those that were known included. */
  readonly tries: readonly { readonly key: string; readonly told: string }[];
  readonly violations: readonly string[];
  /** Which transactions it has seen: servers do after a while. */
  forget(): void;
}

export interface MatrixDoubleOptions {
  readonly isEncrypted?: boolean;
  /** In the room already. Default: it is. */
  readonly hasJoined?: boolean;
}

/** A homeserver with a bot and a room. One transaction id is one event, whatever comes with it. */
export async function startMatrixDouble({
  isEncrypted = false,
  hasJoined = true,
}: MatrixDoubleOptions = {}): Promise<MatrixDouble> {
  const events: MatrixEvent[] = [];
  const violations: string[] = [];
  const tries: { readonly key: string; readonly told: string }[] = [];
  const transactions = new Map<string, { readonly id: string; readonly told: string }>();
  let isMember = hasJoined;

  function answer({ method, url, headers, json }: Asked): Answer {
    const [, path] = /^\/_matrix\/client\/v3\/(.*)$/.exec(url.pathname) ?? [];
    if (path === undefined) return no(404, 'M_UNRECOGNIZED');
    if (headers.authorization !== `Bearer ${TOKEN}`) return no(401, 'M_UNKNOWN_TOKEN');
    const asked = `${method} ${decodeURIComponent(path)}`;
    if (asked === 'GET account/whoami') return { status: 200, body: { user_id: BOT } };
    if (asked === 'GET directory/room/#dev:example.org') return { status: 200, body: { room_id: ROOM } };
    if (asked === `POST join/${ROOM}`) isMember = true;
    if (asked === `POST join/${ROOM}`) return { status: 200, body: { room_id: ROOM } };
    if (!isMember || !asked.includes(`rooms/${ROOM}/`)) return no(403, 'M_FORBIDDEN');
    if (asked === `GET rooms/${ROOM}/state/m.room.encryption/`) {
      return isEncrypted ? { status: 200, body: { algorithm: 'm.megolm.v1.aes-sha2' } } : no(404, 'M_NOT_FOUND');
    }
    const [, transaction] = /^PUT rooms\/[^/]+\/send\/m\.room\.message\/([\w.~-]{1,255})$/.exec(asked) ?? [];
    return transaction === undefined ? no(404, 'M_UNRECOGNIZED') : put(transaction, json);
  }

  function put(transaction: string, json: unknown): Answer {
    if (isEncrypted) violations.push('a message to an encrypted room');
    const told = JSON.stringify(json);
    tries.push({ key: transaction, told });
    const before = transactions.get(transaction);
    if (before !== undefined && before.told !== told) violations.push(`${transaction} again, with another content`);
    if (before !== undefined) return { status: 200, body: { event_id: before.id } };
    const parsed = content.safeParse(json);
    if (!parsed.success) {
      violations.push(JSON.stringify(parsed.error.issues[0]));
      return no(400, 'M_BAD_JSON');
    }
    if (Buffer.byteLength(JSON.stringify(json)) > 64_000) {
      violations.push('too large');
      return no(413, 'M_TOO_LARGE');
    }
    const relation = parsed.data['m.relates_to'];
    const unknown = [relation?.event_id, relation?.['m.in_reply_to'].event_id].find(
      (id) => id !== undefined && !events.some(({ event_id: known }) => known === id),
    );
    if (unknown !== undefined) violations.push(`a relation to ${unknown}`);
    const event = { ...parsed.data, event_id: `$event${events.length + 1}` };
    events.push(event);
    transactions.set(transaction, { id: event.event_id, told });
    return { status: 200, body: { event_id: event.event_id } };
  }

  const service = await startServiceDouble({ answer, isPost: ({ method }) => method === 'PUT', violations });
  const forget = () => transactions.clear();
  return { ...service, token: TOKEN, room: ROOM, alias: '#dev:example.org', events, tries, violations, forget };
}

/** Tags that clients show, written as they must be; what is left open; links that show as a mention. */
export function faultsInHtml(html: string): readonly string[] {
  const open: string[] = [];
  const odd: string[] = [];
  for (const [tag, closing, name = ''] of html.matchAll(/<(\/?)([^\s>]*)[^>]*>?/g)) {
    if (closing) {
      if (open.pop() !== name) odd.push(`${tag} closes nothing`);
    } else if (name !== 'br') open.push(name);
    if (!closing && !/^<(?:b|i|del|br|p|pre|code|blockquote|a href="https?:\/\/[^"<>]*")>$/.test(tag))
      odd.push(`a tag of somebody's: ${tag}`);
  }
  if (/&(?!(?:amp|lt|gt|quot);)/.test(html)) odd.push('a bare &');
  if (/matrix\.to\b/i.test(html)) odd.push('a mention by its address');
  return [...odd, ...open.map((name) => `${name} is left open`)];
}

export function no(status: number, errcode: string, more: object = {}): Answer {
  return { status, body: { errcode, error: 'no', ...more } };
}
