import type { SendContext } from '../../model/destination.ts';
import { until } from '../until.ts';
import { type Client, loadClient } from './client.ts';
import { type Line, openLine, type Reached } from './line.ts';

/** One entry, as the stream gets it. */
export interface Entry {
  readonly id: string;
  readonly kind: string;
  readonly source: string;
  readonly repo: string;
  readonly body: Buffer;
}

export type Added =
  /** `at`: the id that Redis gave it. */
  { readonly kind: 'added'; readonly at: string; readonly wasThere: boolean } | { readonly kind: 'forbidden' } | Failed;

export interface Failed {
  readonly kind: 'failed';
  /** Of the client's, or what Redis answered. */
  readonly error: unknown;
  /** The stream may have it. */
  readonly hasLeft: boolean;
}

/** What is at the key, and how the server keeps what it has. */
export type Looked =
  /** `info`: of INFO; empty where it may not be asked. */
  { readonly kind: 'seen'; readonly type: string; readonly info: ReadonlyMap<string, string> } | Failed;

export interface Stream {
  add(entry: Entry, context: Context): Promise<Added>;
  look(signal: AbortSignal): Promise<Looked>;
  close(): Promise<void>;
}

export interface StreamOptions extends Reached {
  readonly stream: string;
  readonly maxLength: number;
}

type Context = Pick<SendContext, 'signal' | 'departure'>;

/** Longer than a message is tried, and than a weekend that a lane is held. */
export const SEEN_FOR_S = 7 * 24 * 3_600;

/**
 * One entry for each id, in one step: a script is carried out whole, on disk and on replicas too. KEYS: the stream, and what remembers
 * the id; ARGV: for how many seconds, and what XADD is given.
 */
const ADD_ONCE = `
local seen = redis.call('GET', KEYS[2])
if seen then return {seen, 1} end
local at = redis.call('XADD', KEYS[1], unpack(ARGV, 2))
redis.call('SET', KEYS[2], at, 'EX', ARGV[1])
return {at, 0}
`;

/** @throws Error in words when the client is not installed */
export function openStream(options: StreamOptions): Stream {
  const client: Client = loadClient();
  const line = openLine(client, options);
  return {
    add: (entry, context) => add(line, options, entry, context),
    look: (signal) => look(line, options.stream, signal),
    close: async () => line.close(),
  };
}

async function add(
  line: Line,
  { stream, maxLength }: StreamOptions,
  entry: Entry,
  { signal, departure }: Context,
): Promise<Added> {
  let hasLeft = false;
  try {
    const redis = await until(signal, line.take());
    const limit = maxLength === 0 ? [] : ['MAXLEN', '~', maxLength];
    const fields = Object.entries(entry).flat();
    if (departure && !(await departure.mayLeave())) return { kind: 'forbidden' };
    if (redis.status !== 'ready') throw new Error('Connection is closed.');
    hasLeft = true;
    const asked = redis.eval(ADD_ONCE, 2, stream, seenKey(stream, entry.id), SEEN_FOR_S, ...limit, '*', ...fields);
    departure?.hasLeft();
    return addedAs(await until(signal, asked));
  } catch (error) {
    // A server that does not answer is asked anew next time.
    if (signal.aborted) line.cut();
    return { kind: 'failed', error, hasLeft };
  }
}

async function look(line: Line, stream: string, signal: AbortSignal): Promise<Looked> {
  try {
    const redis = await until(signal, line.take());
    const type = await until(signal, redis.type(stream));
    const info = await until(signal, redis.info()).catch(() => '');
    return {
      kind: 'seen',
      type,
      info: new Map(Array.from(info.matchAll(/^(\w+):(.*?)\r?$/gm), ([, key = '', value = '']) => [key, value])),
    };
  } catch (error) {
    return { kind: 'failed', error, hasLeft: false };
  }
}

/** In a cluster at the same place as the stream: by its tag, or as a tag. */
function seenKey(stream: string, id: string): string {
  return `${/\{[^}]+\}/.test(stream) ? stream : `{${stream}}`}:seen:${id}`;
}

/** @throws Error when something else answers */
function addedAs(answer: unknown): Added {
  const [at, seen] = Array.isArray(answer) ? (answer as readonly unknown[]) : [];
  if (typeof at === 'string' && /^\d+-\d+$/.test(at)) return { kind: 'added', at, wasThere: seen === 1 };
  throw new Error('something else than an id was answered');
}
