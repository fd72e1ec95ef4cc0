import type { ChannelModel, ConfirmChannel, Options } from 'amqplib';
import type { SendContext } from '../../model/destination.ts';
import { loadClient } from './client.ts';

/** One message, as the broker is asked to take it. */
export interface Outgoing {
  readonly exchange: string;
  readonly key: string;
  readonly body: Buffer;
  readonly id: string;
  readonly options: Options.Publish;
}

/** What the broker did with it. `error`: of the client's; `hasLeft`: it may have it. */
export type Published =
  | { readonly kind: 'confirmed' | 'unroutable' | 'nacked' | 'blocked' | 'forbidden' }
  | { readonly kind: 'failed'; readonly error: unknown; readonly hasLeft: boolean };

/** One connection with one channel, which confirms. It is made when it is first needed, and anew after it broke. */
export interface Broker {
  publish(outgoing: Outgoing, context: Pick<SendContext, 'signal' | 'departure'>): Promise<Published>;
  /** Whether queue or exchange are there. */
  look(place: { readonly queue?: string; readonly exchange?: string }, signal: AbortSignal): Promise<Published>;
  close(): Promise<void>;
}

interface Line {
  readonly connection: ChannelModel;
  readonly channel: ConfirmChannel;
  readonly returned: Set<string>;
  /** Rejects when it breaks, with why. */
  readonly broken: Promise<never>;
  isBlocked: boolean;
  /** The client does not hear of it by itself. */
  cut(): void;
}

const CLOSE_TIMEOUT_MS = 1_500;

/** @throws Error in words when the client is not installed */
export function openBroker(url: string, timeoutMs: number): Broker {
  const client = loadClient();
  let line: Promise<Line> | undefined;

  async function connect(forget: () => void): Promise<Line> {
    const connection = await client.connect(url, { timeout: timeoutMs, keepAlive: true, noDelay: true });
    const { promise: broken, reject } = Promise.withResolvers<never>();
    broken.catch(() => undefined);
    // The first who says so knows why. What is broken in part is used no more.
    const breaks = (error?: unknown) => {
      reject(error ?? new Error('the connection was closed'));
      forget();
      destroy(connection);
    };
    connection.on('error', breaks).on('close', breaks);
    const channel = await Promise.race([connection.createConfirmChannel(), broken]);
    channel.on('error', breaks).on('close', () => breaks());
    const open: Line = { connection, channel, returned: new Set(), broken, isBlocked: false, cut: () => breaks() };
    channel.on('return', ({ properties }) => void open.returned.add(String(properties.messageId)));
    connection.on('blocked', () => void (open.isBlocked = true)).on('unblocked', () => void (open.isBlocked = false));
    return open;
  }

  function take(): Promise<Line> {
    if (line !== undefined) return line;
    const forget = () => {
      if (line === opening) line = undefined;
    };
    const opening = connect(forget);
    line = opening;
    opening.catch(forget);
    return opening;
  }

  return {
    async publish(outgoing, { signal, departure }) {
      let used: Line | null = null;
      try {
        const open = await until(signal, take());
        if (open.isBlocked) return { kind: 'blocked' };
        if (departure && !(await departure.mayLeave())) return { kind: 'forbidden' };
        used = open;
        const confirmed = published(open.channel, outgoing);
        departure?.hasLeft();
        const isConfirmed = await until(signal, Promise.race([confirmed, open.broken]));
        // An unroutable one is returned before it is confirmed.
        if (open.returned.delete(outgoing.id)) return { kind: 'unroutable' };
        return { kind: isConfirmed ? 'confirmed' : 'nacked' };
      } catch (error) {
        // A broker that does not answer is asked anew next time.
        if (signal.aborted) used?.cut();
        return { kind: 'failed', error, hasLeft: used !== null };
      }
    },
    async look({ queue, exchange }, signal) {
      try {
        const { channel, broken } = await until(signal, take());
        const asked = queue === undefined ? channel.checkExchange(exchange ?? '') : channel.checkQueue(queue);
        await until(signal, Promise.race([asked, broken]));
        return { kind: 'confirmed' };
      } catch (error) {
        return { kind: 'failed', error, hasLeft: false };
      }
    },
    async close() {
      const open = await line?.catch(() => undefined);
      line = undefined;
      if (open === undefined) return;
      // A broker that hangs answers no goodbye.
      const timer = setTimeout(open.cut, CLOSE_TIMEOUT_MS);
      await Promise.race([open.connection.close(), open.broken]).catch(() => undefined);
      clearTimeout(timer);
    },
  };
}

/** False: it says no. Where the channel breaks, nobody hears of it here. */
function published(channel: ConfirmChannel, { exchange, key, body, id, options }: Outgoing): Promise<boolean> {
  return new Promise((resolve) => {
    channel.publish(exchange, key, body, { ...options, mandatory: true, messageId: id }, (error: unknown) => {
      if (error === null || error === undefined) resolve(true);
      else if (error instanceof Error && error.message === 'message nacked') resolve(false);
    });
  });
}

function destroy(connection: ChannelModel): void {
  const { stream } = connection.connection as { readonly stream?: { destroy(): void } };
  stream?.destroy();
}

async function until<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  signal.throwIfAborted();
  const givenUp = Promise.withResolvers<never>();
  const giveUp = () => givenUp.reject(new Error('given up'));
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([work, givenUp.promise]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
