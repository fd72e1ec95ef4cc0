import type { ChannelModel, ConfirmChannel } from 'amqplib';
import type { loadClient } from './client.ts';

/** The one channel of a connection, which confirms. */
export interface Open {
  readonly channel: ConfirmChannel;
  /** The ids of messages that no queue gets. */
  readonly returned: Set<string>;
  /** It is short of memory or disk, and reads nothing until it says otherwise: https://www.rabbitmq.com/docs/connection-blocked */
  isBlocked: boolean;
}

/** From the moment it is asked for until it breaks. What is broken in part is used no more. */
export interface Line {
  readonly open: Promise<Open>;
  /** Rejects when it breaks, with why. */
  readonly broken: Promise<never>;
  readonly isBroken: boolean;
  cut(): void;
  close(): Promise<void>;
}

const CLOSE_TIMEOUT_MS = 1_500;

export function openLine(client: ReturnType<typeof loadClient>, url: string, timeoutMs: number): Line {
  const cutting = new AbortController();
  const { promise: broken, reject } = Promise.withResolvers<never>();
  broken.catch(() => undefined);
  // The first who says so knows why.
  const breaks = (error: unknown = new Error('the connection was closed')) => {
    reject(error);
    cutting.abort();
  };

  let connection: ChannelModel | undefined;
  async function connect(): Promise<Open> {
    const clientProperties = { connection_name: 'tidings' };
    const socket = { timeout: timeoutMs, keepAlive: true, noDelay: true, signal: cutting.signal };
    connection = await client.connect(url, { ...socket, clientProperties });
    connection.on('error', breaks).on('close', breaks);
    const channel = await connection.createConfirmChannel();
    channel.on('error', breaks).on('close', () => breaks());
    const opened: Open = { channel, returned: new Set(), isBlocked: false };
    channel.on('return', ({ properties }) => void opened.returned.add(String(properties.messageId)));
    connection.on('blocked', () => void (opened.isBlocked = true));
    connection.on('unblocked', () => void (opened.isBlocked = false));
    return opened;
  }

  const connecting = connect();
  connecting.catch(breaks);
  const open = Promise.race([connecting, broken]);
  open.catch(() => undefined);
  return {
    open,
    broken,
    get isBroken() {
      return cutting.signal.aborted;
    },
    cut: () => breaks(),
    async close() {
      if (connection === undefined) return breaks();
      // A broker that hangs answers no goodbye.
      const timer = setTimeout(breaks, CLOSE_TIMEOUT_MS);
      await Promise.race([connection.close(), broken]).catch(() => undefined);
      clearTimeout(timer);
    },
  };
}
