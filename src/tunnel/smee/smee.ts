import type { Source } from '../../model/source.ts';
import { type OpenTunnel, type Tunnel, TunnelError, type TunnelEvents } from '../../model/tunnel.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Random } from '../../shared/ids.ts';
import { outboundFetch, request } from '../../shared/outbound.ts';
import { backoffMs, pause } from '../backoff.ts';
import { channelOf } from './channel.ts';
import { eventStream } from './event-stream.ts';
import { type Forwarded, forwarded } from './forwarded.ts';

export interface SmeeOptions {
  /** A channel, or a smee server to get one from. Null: smee.io. */
  readonly url: string | null;
  /** Where a new channel is kept. */
  readonly channelPath: string;
  /** Whose webhooks come through: a channel is one address. */
  readonly source: Pick<Source, 'name' | 'receive'>;
  readonly clock: Clock;
  readonly random: Random;
}

/** smee pings every 30 s. */
const SILENCE_MS = 90_000;
/** Below the 10 s that a stop may take. */
const LOCAL_TIMEOUT_MS = 5_000;

const ALTERED =
  'a delivery came through smee with a body that no longer fits its signature: smee parses the JSON and writes it anew. It is refused. Use --tunnel cloudflared or ngrok, which pass the bytes through';
const ALTERED_FORM =
  'a delivery came through smee as a form, which it cannot pass on unchanged. It is refused. Choose the content type application/json at GitHub';

/**
 * The last resort: GitHub calls a public channel at smee.io, and we listen to it. smee answers GitHub for us, so that what
 * is lost between it and here looks delivered there.
 * https://github.com/probot/smee.io (the server), https://github.com/probot/smee-client
 */
export function smeeTunnel({ url, channelPath, source, clock, random }: SmeeOptions): Tunnel {
  async function open(localPort: number, events: TunnelEvents, signal: AbortSignal): Promise<OpenTunnel> {
    const channel = await channelOf(url, channelPath, signal);
    const closing = new AbortController();
    const target = `http://127.0.0.1:${localPort}/webhooks/${source.name}`;
    let lastId = '';
    let hasWarned = false;

    async function listen(onReady: () => void): Promise<void> {
      const silence = watchdog(clock);
      const ends = AbortSignal.any([closing.signal, silence.signal]);
      try {
        const headers = { accept: 'text/event-stream', ...(lastId === '' ? {} : { 'last-event-id': lastId }) };
        const response = await outboundFetch(channel, { headers, signal: ends });
        if (!response.ok || response.body === null) throw new TunnelError(`smee answered ${response.status}`);
        for await (const event of eventStream(silence.heard(response.body), lastId)) {
          lastId = event.lastId;
          if (event.type === 'ready') onReady();
          if (event.type === 'message') await passOn(event.data);
        }
      } finally {
        silence.cancel();
      }
    }

    async function passOn(data: string): Promise<void> {
      const delivery = await forwarded(data, source, clock.now());
      if (delivery === null) return;
      if (!delivery.isWhole && delivery.headers['x-hub-signature-256'] !== undefined && !hasWarned) {
        hasWarned = true;
        events.warned(delivery.isForm ? ALTERED_FORM : ALTERED);
      }
      await post(delivery);
    }

    /** A receiver that is overloaded says so at once: it is asked twice more, since smee repeats nothing. */
    async function post({ headers, body }: Forwarded): Promise<void> {
      for (let tries = 0; tries < 3; tries++) {
        const answer = await request({ url: target, headers, body, timeoutMs: LOCAL_TIMEOUT_MS });
        if (answer.kind === 'answered' && answer.status < 500) return;
        if (closing.signal.aborted) break;
        await pause(backoffMs(tries, random), clock, closing.signal);
      }
      events.warned('a delivery that came through smee could not be stored, and smee does not repeat it');
    }

    async function hold(onReady: () => void): Promise<void> {
      let wasUp = false;
      let tries = 0;
      while (!closing.signal.aborted) {
        let isUp = false;
        const why = await listen(() => {
          if (wasUp) events.reopened(channel);
          else onReady();
          [isUp, wasUp, tries] = [true, true, 0];
        }).then(() => 'it closed the connection', reasonOf);
        if (closing.signal.aborted) return;
        if (isUp) events.dropped(`smee: ${why}`);
        lastWords = why;
        await pause(backoffMs(tries++, random), clock, closing.signal);
      }
    }

    let lastWords = 'it did not answer';
    const ready = Promise.withResolvers<void>();
    signal.addEventListener('abort', () => {
      ready.reject(new TunnelError(`smee cannot be listened to at ${channel}: ${lastWords}`));
    });
    const held = hold(ready.resolve);
    const close = async () => {
      closing.abort();
      await held;
    };
    try {
      await ready.promise;
    } catch (error) {
      await close();
      throw error;
    }
    return { url: channel, isWhole: true, close };
  }
  return { open };
}

/** Aborts when nothing was heard for too long: a dead connection says nothing else. */
function watchdog(clock: Clock) {
  const silence = new AbortController();
  const bark = () => silence.abort(new Error('nothing was heard for 90 s'));
  let cancel = clock.after(SILENCE_MS, bark);
  return {
    signal: silence.signal,
    cancel: () => cancel(),
    async *heard(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of chunks) {
        cancel();
        cancel = clock.after(SILENCE_MS, bark);
        yield chunk;
      }
    },
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
