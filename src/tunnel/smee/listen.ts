import { TunnelError } from '../../model/tunnel.ts';
import type { Clock } from '../../shared/clock.ts';
import { outboundFetch } from '../../shared/outbound.ts';
import { eventStream } from './event-stream.ts';

/** smee pings every 30 s. */
const SILENCE_MS = 90_000;

export interface Listener {
  onReady(): void;
  onMessage(data: string): Promise<void>;
}

/** Each call is one connection to the channel, from where the last one ended, until it ends. It throws when it breaks. */
export function listening(channel: string, clock: Clock, closing: AbortSignal) {
  let lastId = '';
  return async ({ onReady, onMessage }: Listener): Promise<void> => {
    const silence = silenceLimit(clock);
    const ends = AbortSignal.any([closing, silence.signal]);
    try {
      const headers = { accept: 'text/event-stream', ...(lastId === '' ? {} : { 'last-event-id': lastId }) };
      const response = await outboundFetch(channel, { headers, signal: ends });
      if (!response.ok || response.body === null) throw new TunnelError(`smee answered ${response.status}`);
      for await (const event of eventStream(silence.heard(response.body), lastId)) {
        lastId = event.lastId;
        if (event.type === 'ready') onReady();
        if (event.type === 'message') await onMessage(event.data);
      }
    } finally {
      silence.cancel();
    }
  };
}

/** Aborts when nothing was heard for too long: a dead connection says nothing else. */
function silenceLimit(clock: Clock) {
  const silence = new AbortController();
  const expire = () => silence.abort(new Error('nothing was heard for 90 s'));
  let cancel = clock.after(SILENCE_MS, expire);
  return {
    signal: silence.signal,
    cancel: () => cancel(),
    async *heard(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of chunks) {
        cancel();
        cancel = clock.after(SILENCE_MS, expire);
        yield chunk;
      }
    },
  };
}
