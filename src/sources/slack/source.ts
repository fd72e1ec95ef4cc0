import type { Headers } from '../../model/headers.ts';
import type { Received, Refused, Reply, Source, SourceRequest } from '../../model/source.ts';
import { idOfBytes } from '../../shared/bounded-id.ts';
import { type Keys, keyIdsOf, keysOf } from '../../shared/hmac.ts';
import { textOrNull } from '../../shared/payload.ts';
import type { Secret } from '../../shared/secret.ts';
import { diagnose } from './diagnose.ts';
import { idOf, opened, typeOf } from './envelope.ts';
import type { Names } from './names.ts';
import { normalise } from './normalise.ts';
import { signatureIn, verify } from './signature.ts';
import type { SocketSettings } from './socket/open-url.ts';

export interface SlackSourceOptions {
  readonly name: string;
  /** The app's signing secrets: all are tried, while one is regenerated. */
  readonly secrets: readonly Secret[];
  /** What people and channels are called, by Slack's ids: events hold ids alone. */
  readonly names: Names;
  /** Socket Mode. Null: it is only called. */
  readonly socket?: SocketSettings | null;
}

const FORM = 'application/x-www-form-urlencoded';

/** Slack shows what a command is answered to whoever typed it: nothing. */
const DONE: Reply = { status: 200, body: '' };

/** An app of Slack's: the Events API, and what people type and press for it. */
export function slackSource({ name, secrets, names, socket = null }: SlackSourceOptions): Source {
  const keys = keysOf(secrets);
  const isCalled = secrets.length > 0 || socket === null;
  return {
    name,
    provider: 'slack',
    contentTypes: ['application/json', FORM],
    onceHeaders: ['x-slack-signature', 'x-slack-request-timestamp'],
    storedHeaders: ['content-type', 'user-agent', 'x-slack-retry-num', 'x-slack-retry-reason'],
    maxBodyBytes: 1024 * 1024,
    bodies: 'unique',
    glance: isCalled ? glance : () => ({ kind: 'refused', cause: 'mismatch' }),
    receive: (request) => receive(keys, request),
    diagnose: (request, refused) => (isCalled ? diagnose(secrets, request, refused) : NOT_CALLED),
    ...(socket && { listen: listenBy(socket) }),
    normalise: (event) => normalise(event, names),
    keyIds: keyIdsOf(secrets),
  };
}

const NOT_CALLED =
  'This source listens by its app token (Socket Mode), and no signing secret is configured: whatever comes over HTTP is refused. To take both, set SLACK_SIGNING_SECRET or its secrets.';

/** What it takes to listen is loaded by who does. */
function listenBy(socket: SocketSettings): NonNullable<Source['listen']> {
  return async (context) => {
    const { listenByToken } = await import('./socket/listen.ts');
    return listenByToken(context, socket);
  };
}

/** A form may be Slack's question about the certificate, which needs no signature. */
function glance(headers: Headers): Refused | null {
  const found = signatureIn(headers);
  if (!('kind' in found)) return null;
  return found.cause === 'unsigned' && headers['content-type']?.startsWith(FORM) === true ? null : found;
}

function receive(keys: Keys, request: SourceRequest): Received {
  const secretNo = verify(keys, request);
  if (typeof secretNo !== 'number')
    return isSslCheck(request, secretNo) ? { kind: 'handshake', reply: DONE } : secretNo;
  const envelope = opened(request.body);
  if (envelope === null) return { kind: 'unidentified', secretNo, missing: 'body, a JSON object or a form,' };
  if (envelope.kind === 'ssl_check') return { kind: 'handshake', secretNo, reply: DONE };
  const type = typeOf(envelope);
  if (type === null) return { kind: 'unidentified', secretNo, missing: 'field type' };
  if (envelope.kind === 'event' && type === 'url_verification') {
    const challenge = textOrNull(envelope.payload, 'challenge');
    if (challenge === null) return { kind: 'unidentified', secretNo, missing: 'field challenge' };
    return {
      kind: 'handshake',
      secretNo,
      reply: { status: 200, headers: { 'Content-Type': 'text/plain' }, body: challenge },
    };
  }
  const id = idOf(envelope) ?? idOfBytes(request.body);
  return { kind: 'event', deliveryId: id, guid: id, type, secretNo, reply: DONE };
}

/** Slack asks without a signature; nothing is believed, stored or told. One with a wrong signature is no question of Slack's. */
function isSslCheck({ body }: SourceRequest, { cause }: Refused): boolean {
  return cause === 'unsigned' && opened(body)?.kind === 'ssl_check';
}
