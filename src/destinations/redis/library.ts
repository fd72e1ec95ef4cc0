import type { Destination } from '../../model/destination.ts';
import { Secret } from '../../shared/secret.ts';
import { redisDestination as createRedis } from './redis-destination.ts';
import { addressProblem, MAX_LENGTH, STREAM, streamProblem } from './shapes.ts';

export interface RedisOptions {
  readonly name: string;
  /** `redis://USER:PASSWORD@HOST:6379/0`, or `rediss://…` for TLS. */
  readonly url: string | Secret;
  /** Its key. Default `tidings`. */
  readonly stream?: string;
  /** About so many entries are kept. Default 100000; 0: all. */
  readonly maxLength?: number;
  /** Entries on their way at once. Default 1, which keeps their order. */
  readonly concurrency?: number;
  /** Default 10000. */
  readonly timeoutMs?: number;
}

/**
 * A stream of Redis. Needs `npm install ioredis`.
 * @throws Error when it is not installed, or a text cannot be what it should
 */
export function redisDestination(options: RedisOptions): Destination {
  const { name, stream = STREAM, maxLength = MAX_LENGTH, concurrency = 1, timeoutMs = 10_000 } = options;
  const url = Secret.of(options.url);
  const wrongUrl = addressProblem(url.reveal());
  if (wrongUrl !== undefined) throw new Error(`redisDestination: url ${wrongUrl}`);
  const wrongStream = streamProblem(stream);
  if (wrongStream !== undefined) throw new Error(`redisDestination: stream ${wrongStream}`);
  return createRedis({ name, settings: { url, stream, max_length: maxLength, concurrency, timeout_ms: timeoutMs } });
}
