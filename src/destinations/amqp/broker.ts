import type { ConfirmChannel, Options } from 'amqplib';
import type { SendContext } from '../../model/destination.ts';
import { until } from '../until.ts';
import { loadClient } from './client.ts';
import { type Line, openLine } from './line.ts';

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
  | { readonly kind: 'confirmed' | 'unroutable' | 'nacked' | 'forbidden' }
  | { readonly kind: 'blocked'; readonly hasLeft: boolean }
  | { readonly kind: 'failed'; readonly error: unknown; readonly hasLeft: boolean };

/** One line to a broker. It is opened when it is first needed, and anew after it broke. */
export interface Broker {
  publish(outgoing: Outgoing, context: Pick<SendContext, 'signal' | 'departure'>): Promise<Published>;
  /** Whether queue or exchange are there; neither: whether one may connect. */
  look(place: { readonly queue?: string; readonly exchange?: string }, signal: AbortSignal): Promise<Published>;
  close(): Promise<void>;
}

/** @throws Error in words when the client is not installed */
export function openBroker(url: string, timeoutMs: number): Broker {
  const client = loadClient();
  let line: Line | undefined;

  function take(signal: AbortSignal): Line {
    signal.throwIfAborted();
    if (line === undefined || line.isBroken) line = openLine(client, url, timeoutMs);
    return line;
  }

  return {
    async publish(outgoing, context) {
      try {
        return await publishOver(take(context.signal), outgoing, context);
      } catch (error) {
        return { kind: 'failed', error, hasLeft: false };
      }
    },
    async look({ queue, exchange }, signal) {
      try {
        const { open, broken } = take(signal);
        const { channel } = await until(signal, open);
        if (queue !== undefined) await until(signal, Promise.race([channel.checkQueue(queue), broken]));
        else if (exchange) await until(signal, Promise.race([channel.checkExchange(exchange), broken]));
        return { kind: 'confirmed' };
      } catch (error) {
        return { kind: 'failed', error, hasLeft: false };
      }
    },
    async close() {
      await line?.close();
      line = undefined;
    },
  };
}

async function publishOver(
  line: Line,
  outgoing: Outgoing,
  { signal, departure }: Pick<SendContext, 'signal' | 'departure'>,
): Promise<Published> {
  let isBlocked = () => false;
  let hasLeft = false;
  try {
    const open = await until(signal, line.open);
    isBlocked = () => open.isBlocked;
    if (open.isBlocked) return { kind: 'blocked', hasLeft };
    if (departure && !(await departure.mayLeave())) return { kind: 'forbidden' };
    if (line.isBroken) return await line.broken;
    open.returned.delete(outgoing.id);
    hasLeft = true;
    const confirmed = published(open.channel, outgoing);
    departure?.hasLeft();
    const isConfirmed = await until(signal, Promise.race([confirmed, line.broken]));
    // An unroutable one is returned before it is confirmed.
    if (open.returned.delete(outgoing.id)) return { kind: 'unroutable' };
    return { kind: isConfirmed ? 'confirmed' : 'nacked' };
  } catch (error) {
    // Blocked, it reads what it was sent when it can: over another line it would get more of the same.
    if (signal.aborted && isBlocked()) return { kind: 'blocked', hasLeft };
    // A broker that does not answer is asked anew next time.
    if (signal.aborted) line.cut();
    return { kind: 'failed', error, hasLeft };
  }
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
