import { type OpenTunnel, type Tunnel, TunnelError, type TunnelEvents } from '../../model/tunnel.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Random } from '../../shared/ids.ts';
import { backoffMs, pause } from '../backoff.ts';
import { channelOf } from './channel.ts';
import type { Receiving } from './forwarded.ts';
import { listening } from './listen.ts';
import { passingOn } from './pass-on.ts';

export interface SmeeOptions {
  /** A channel, or a smee server to get one from. Null: smee.io. */
  readonly url: string | null;
  /** Where a new channel is kept. */
  readonly channelPath: string;
  /** Whose webhooks come through: a channel is one address. */
  readonly source: Receiving;
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * The last resort: GitHub calls a public channel at smee.io, and we listen to it. smee answers GitHub for us, so that what
 * is lost between it and here looks delivered there.
 * https://github.com/probot/smee.io (the server), https://github.com/probot/smee-client
 */
export function smeeTunnel(options: SmeeOptions): Tunnel {
  return {
    async open(localPort, events, signal) {
      const channel = await channelOf(options.url, options.channelPath, signal);
      return opened(options, { channel, localPort, events }, signal);
    },
  };
}

interface Ends {
  readonly channel: string;
  readonly localPort: number;
  readonly events: TunnelEvents;
}

async function opened({ source, clock, random }: SmeeOptions, ends: Ends, signal: AbortSignal): Promise<OpenTunnel> {
  const { channel, localPort, events } = ends;
  const closing = new AbortController();
  const listen = listening(channel, clock, closing.signal);
  const onMessage = passingOn({ source, localPort, events, clock, random, closing: closing.signal });
  const ready = Promise.withResolvers<void>();
  let lastWords = 'it did not answer';

  /** Connects again and again. */
  async function hold(): Promise<void> {
    let wasUp = false;
    let tries = 0;
    while (!closing.signal.aborted) {
      let isUp = false;
      const onReady = () => {
        if (wasUp) events.reopened(channel);
        else ready.resolve();
        [isUp, wasUp, tries] = [true, true, 0];
      };
      const why = await listen({ onReady, onMessage }).then(() => 'it closed the connection', reasonOf);
      if (closing.signal.aborted) return;
      if (isUp) events.dropped(`smee: ${why}`);
      lastWords = why;
      await pause(backoffMs(tries++, random), clock, closing.signal);
    }
  }

  signal.addEventListener('abort', () => {
    ready.reject(new TunnelError(`smee cannot be listened to at ${channel}: ${lastWords}`));
  });
  const held = hold();
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

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
