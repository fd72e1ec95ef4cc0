import type { Destination } from '../../model/destination.ts';
import type { Notification } from '../../model/notification.ts';
import { cut, oneLine } from '../../text/plain.ts';
import { activityBody } from '../activity-body.ts';
import { oneByOne, only } from '../lanes.ts';
import { messageKey } from '../message-key.ts';
import { outcomeOf } from './answer.ts';
import type { RedisSettings } from './settings.ts';
import { placeOf } from './shapes.ts';
import { type Entry, openStream } from './stream.ts';

export interface RedisOptions {
  readonly name: string;
  readonly settings: RedisSettings;
}

/**
 * A stream that gets every activity as one entry.
 * @throws Error in words when the client is not installed
 */
export function redisDestination({ name, settings }: RedisOptions): Destination {
  const { stream, max_length: maxLength, concurrency, timeout_ms: timeoutMs } = settings;
  const url = settings.url.reveal();
  const place = placeOf(url);
  const to = openStream({ url, stream, maxLength, timeoutMs });
  return {
    // Its key is remembered beside the stream.
    ...oneByOne(name, 'redis', concurrency),
    preview: async (message) => {
      const { shownCode } = await import('../../text/shown/blocks.ts');
      return shownCode(activityBody(only(message)), { stream });
    },
    send: async (message, { signal, departure }) => {
      const timeout = AbortSignal.timeout(timeoutMs);
      const entry = entryOf(only(message), messageKey(name, message));
      const added = await to.add(entry, { signal: AbortSignal.any([signal, timeout]), departure });
      const isLate = timeout.aborted && !signal.aborted;
      return outcomeOf(added, { place, stream, timeoutMs: isLate ? timeoutMs : null });
    },
    [Symbol.asyncDispose]: to.close,
  };
}

function entryOf(notification: Notification, id: string): Entry {
  const body = activityBody(notification);
  const { kind, source, repo } = body.data;
  const short = (text: string) => cut(oneLine(text), 200);
  return { id, kind: short(kind), source, repo: short(repo?.fullName ?? ''), body: Buffer.from(JSON.stringify(body)) };
}
