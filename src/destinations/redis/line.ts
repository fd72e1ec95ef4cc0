import type { Redis } from 'ioredis';
import type { Client } from './client.ts';
import { accessOf } from './shapes.ts';

export interface Reached {
  readonly url: string;
  readonly timeoutMs: number;
}

/** One connection. It is made when it is first needed, and anew after it broke: who waits and tries again is the lane. */
export interface Line {
  take(): Promise<Redis>;
  /** What is on its way is given up, and the next takes another connection. */
  cut(): void;
  /** The same for good. */
  close(): void;
}

export function openLine(client: Client, reached: Reached): Line {
  let line: Promise<Redis> | undefined;
  let redis: Redis | undefined;
  let isClosed = false;

  function connect(): Promise<Redis> {
    const made = dial(client, reached);
    redis = made;
    let why: Error | undefined;
    // The first who says so knows why. A database that is not there is only told, and another one used.
    made.on('error', (error: Error) => void (why ??= error));
    const opening = made.connect().then(
      () => {
        if (why === undefined) return made;
        made.disconnect();
        throw why;
      },
      (error: unknown) => {
        throw why ?? error;
      },
    );
    line = opening;
    const forget = () => {
      if (line === opening) line = undefined;
    };
    made.once('end', forget);
    opening.catch(forget);
    return opening;
  }

  function cut(): void {
    line = undefined;
    redis?.disconnect();
  }

  return {
    take: async () => {
      if (isClosed) throw new Error('Connection is closed.');
      return line ?? connect();
    },
    cut,
    close() {
      isClosed = true;
      cut();
    },
  };
}

function dial(client: Client, { url, timeoutMs }: Reached): Redis {
  return new client.Redis({
    ...accessOf(url),
    connectionName: 'tidings',
    connectTimeout: timeoutMs,
    lazyConnect: true,
    // Nothing is kept for later, and nothing sent twice.
    retryStrategy: null,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    // A server that loads its data says so to what it is asked.
    enableReadyCheck: false,
    disableClientInfo: true,
  });
}
