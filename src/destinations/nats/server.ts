import type { PubAck, StreamInfo } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { SendContext } from '../../model/destination.ts';
import { until } from '../until.ts';
import { type Client, loadClient } from './client.ts';
import { nameOf, type Refused, refusedOf } from './client-error.ts';
import { type Line, openLine, type Reached } from './line.ts';

/** One message, as the server is asked to take it. */
export interface Outgoing {
  readonly subject: string;
  readonly body: string;
  /** A stream takes one id once, as long as it remembers it. */
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What became of a message. */
export type Published =
  | { readonly kind: 'stored'; readonly stream: string; readonly seq: number; readonly wasThere: boolean }
  | { readonly kind: 'forbidden' | 'no stream' | 'no leader' }
  | { readonly kind: 'too large'; readonly most: number }
  | NotPossible;

/** What also happens where one only looks. */
export type NotPossible = { readonly kind: 'no jetstream' } | Refused | Failed;

export interface Failed {
  readonly kind: 'failed';
  /** Of the client's. */
  readonly error: unknown;
  /** A stream may have it. */
  readonly hasLeft: boolean;
}

export type Looked = { readonly kind: 'streams'; readonly streams: readonly StreamInfo[] } | NotPossible;

export interface Server {
  publish(outgoing: Outgoing, context: Context): Promise<Published>;
  /** The streams that take something of that subject. */
  look(subject: string, signal: AbortSignal): Promise<Looked>;
  close(): Promise<void>;
}

type Context = Pick<SendContext, 'signal' | 'departure'>;

interface Open {
  readonly client: Client;
  readonly line: Line;
  readonly timeoutMs: number;
}

/** How long it may take to say why nothing was confirmed. */
const LOOK_MS = 2_000;

/** What may mean that no stream is there: nobody answers, or somebody else, who listens on the subject. */
const NO_STREAM = new Set(['JetStreamNotEnabled', 'TimeoutError', 'NoPubAck', 'SyntaxError', 'TypeError']);

/** @throws Error in words when the client is not installed */
export function openServer(reached: Reached): Server {
  const client = loadClient();
  const line = openLine(client, reached);
  const open = { client, line, timeoutMs: reached.timeoutMs };
  return {
    publish: (outgoing, context) => publish(open, outgoing, context),
    look: (subject, signal) => look(open, subject, signal),
    close: line.close,
  };
}

async function publish({ client, line, timeoutMs }: Open, outgoing: Outgoing, context: Context): Promise<Published> {
  const { subject, body, id: msgID } = outgoing;
  const { signal, departure } = context;
  let used: NatsConnection | null = null;
  try {
    const connection = await until(signal, line.take());
    const headers = client.transport.headers();
    for (const [name, value] of Object.entries(outgoing.headers)) headers.set(name, value);
    if (departure && !(await departure.mayLeave())) return { kind: 'forbidden' };
    used = connection;
    const acked = client.jetstream.jetstream(connection).publish(subject, body, { msgID, headers, timeout: timeoutMs });
    departure?.hasLeft();
    return storedAs(await until(signal, acked));
  } catch (error) {
    if (used === null) return { kind: 'failed', error, hasLeft: false };
    const asking = signal.aborted ? null : unconfirmed(client, used, subject, error);
    const why = asking && (await until(signal, asking).catch(() => null));
    if (why !== null) return why;
    await used.close();
    return { kind: 'failed', error, hasLeft: true };
  }
}

async function unconfirmed(
  client: Client,
  connection: NatsConnection,
  subject: string,
  error: unknown,
): Promise<Published> {
  const refused = refusedOf(error);
  if (refused !== null) return refused;
  const name = nameOf(error);
  if (name === 'InvalidArgumentError') return { kind: 'too large', most: connection.info?.max_payload ?? 0 };
  if (NO_STREAM.has(name)) {
    const why = await whyNot(client, connection, subject);
    if (why !== null) return { kind: why };
  }
  if (name === 'JetStreamNotEnabled') return { kind: 'no leader' };
  // A server that does not answer is asked anew next time.
  if (name === 'TimeoutError') await connection.close();
  return { kind: 'failed', error, hasLeft: name !== 'ClosedConnectionError' };
}

/** Whether there is a stream at all. Null: there is, or nobody knows. */
async function whyNot(
  client: Client,
  connection: NatsConnection,
  subject: string,
): Promise<'no stream' | 'no jetstream' | null> {
  try {
    return (await namesOf(client, connection, subject)).length === 0 ? 'no stream' : null;
  } catch (error) {
    return nameOf(error) === 'JetStreamNotEnabled' ? 'no jetstream' : null;
  }
}

async function namesOf({ jetstream }: Client, connection: NatsConnection, subject: string): Promise<readonly string[]> {
  const { streams } = await jetstream.jetstreamManager(connection, { checkAPI: false, timeout: LOOK_MS });
  const names: string[] = [];
  for await (const name of streams.names(subject)) names.push(name);
  return names;
}

/** More of them take one subject only by mistake. */
const MOST_STREAMS = 8;

async function look({ client, line, timeoutMs }: Open, subject: string, signal: AbortSignal): Promise<Looked> {
  try {
    const connection = await until(signal, line.take());
    const manager = client.jetstream.jetstreamManager(connection, { checkAPI: false, timeout: timeoutMs });
    const names = await until(signal, namesOf(client, connection, subject));
    const { streams } = await until(signal, manager);
    const infos = Promise.all(names.slice(0, MOST_STREAMS).map((name) => streams.info(name)));
    return { kind: 'streams', streams: await until(signal, infos) };
  } catch (error) {
    if (nameOf(error) === 'JetStreamNotEnabled') return { kind: 'no jetstream' };
    return refusedOf(error) ?? { kind: 'failed', error, hasLeft: false };
  }
}

/** Whoever listens on the subject may answer. @throws Error when it was no stream */
function storedAs({ stream, seq, duplicate }: PubAck): Published {
  const isAck = typeof stream === 'string' && stream !== '' && Number.isSafeInteger(seq);
  if (isAck) return { kind: 'stored', stream, seq, wasThere: duplicate };
  throw Object.assign(new Error('something else than a stream answers there'), { name: 'NoPubAck' });
}
