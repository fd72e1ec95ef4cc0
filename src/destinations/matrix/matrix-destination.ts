import type { Destination, Outcome, Receipt } from '../../model/destination.ts';
import type { Clock } from '../../shared/clock.ts';
import { describe } from '../../text/describe.ts';
import { inOrder, paceOf } from '../lanes.ts';
import { messageKey } from '../message-key.ts';
import { type Client, type Context, clientOf, roomPath } from './client.ts';
import { render } from './render.ts';
import type { MatrixSettings } from './settings.ts';

export interface MatrixOptions {
  readonly name: string;
  readonly settings: MatrixSettings;
  readonly clock: Clock;
}

/** One room of Matrix that a user of its own posts to. */
export function matrixDestination({ name, settings, clock }: MatrixOptions): Destination {
  const { homeserver, access_token: token, room_id: room, thread: isThreaded, per_minute: perMinute } = settings;
  const client = clientOf(homeserver, token, clock);
  const intervalMs = paceOf(perMinute);
  let isOpen = false;
  return {
    // The server knows a repetition by its key, for as long as it keeps it: Synapse for half an hour.
    ...inOrder(name, 'matrix', intervalMs),
    // The server counts by user, over all rooms.
    account: { rateKey: `${homeserver} ${token.reveal()}`, intervalMs },
    isThreaded,
    describe: (message) => describe({ ...message, maybeRepeated: false }),
    preview: async (message) => (await import('./preview.ts')).shownAtMatrix(message),
    async send(message, { signal, departure, earlier, thread: about = null }) {
      const problem = isOpen ? null : await roomProblemOf(client, room, { signal });
      if (problem !== null) return problem;
      isOpen = true;
      const thread = about === null ? null : threadIn(room, earlier);
      const content = { ...render(message), ...(thread && { 'm.relates_to': inThread(thread) }) };
      const path = roomPath(room, `send/m.room.message/${messageKey(name, message)}`);
      const { outcome, data } = await client.ask('PUT', path, content, { signal, departure });
      const { event_id: last } = data;
      if (outcome.kind !== 'sent' || about === null || !isEvent(last)) return outcome;
      return { ...outcome, receipt: { room, root: thread?.root ?? last, last } };
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** An encrypted room would show it unencrypted, with a warning, or not at all. Null: it is none. Posts nothing. */
export async function roomProblemOf(
  { ask }: Client,
  room: string,
  context: Context,
): Promise<Exclude<Outcome, { kind: 'sent' }> | null> {
  const { outcome, errcode } = await ask('GET', roomPath(room, 'state/m.room.encryption/'), null, context);
  if (errcode === 'M_NOT_FOUND') return null;
  if (outcome.kind === 'sent') {
    return {
      kind: 'broken',
      reason: 'the room is encrypted, and Tidings cannot encrypt: set room_id to one that is not',
    };
  }
  return outcome.kind === 'unknown' ? { kind: 'retry', reason: outcome.reason } : outcome;
}

interface Thread {
  /** The message that it hangs on. */
  readonly root: string;
  readonly last: string;
}

/** Null: there is none in that room. */
function threadIn(here: string, receipt: Receipt | null): Thread | null {
  const { room, root, last } = receipt ?? {};
  return room === here && isEvent(root) && isEvent(last) ? { root, last } : null;
}

/** https://spec.matrix.org/latest/client-server-api/#threading: clients without threads show a reply to the last one. */
function inThread({ root, last }: Thread): object {
  return { rel_type: 'm.thread', event_id: root, is_falling_back: true, 'm.in_reply_to': { event_id: last } };
}

function isEvent(value: unknown): value is string {
  return typeof value === 'string' && /^\$[\w.:/+=-]{1,254}$/.test(value);
}
