import { readFile } from 'node:fs/promises';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Client } from './client.ts';
import { accessOf } from './shapes.ts';

export interface Reached {
  readonly url: string;
  /** Path of a file. */
  readonly creds: string | undefined;
  readonly timeoutMs: number;
}

/** One connection. It is made when it is first needed, and anew after it broke: who waits and tries again is the lane. */
export interface Line {
  take(): Promise<NatsConnection>;
  close(): Promise<void>;
}

/** The file is not there, or holds something else. */
class UnusableCreds extends Error {
  override readonly name = 'UnusableCreds';
}

export function openLine(client: Client, reached: Reached): Line {
  let line: Promise<NatsConnection> | undefined;
  let connected: NatsConnection | undefined;
  let isClosed = false;

  async function connect(forget: () => void): Promise<NatsConnection> {
    const made = await dial(client, reached);
    if (isClosed) await made.close();
    connected = made;
    void made.closed().then(forget);
    return made;
  }

  return {
    take() {
      if (line !== undefined) return line;
      const forget = () => {
        if (line === opening) line = undefined;
      };
      const opening = connect(forget);
      line = opening;
      opening.catch(forget);
      return opening;
    },
    async close() {
      isClosed = true;
      await connected?.close();
    },
  };
}

async function dial({ transport }: Client, { url, creds, timeoutMs }: Reached): Promise<NatsConnection> {
  const { servers, isTls, ...login } = accessOf(url);
  return transport.connect({
    servers,
    ...login,
    ...(creds !== undefined && { authenticator: await authenticatorOf(transport, creds) }),
    ...(isTls && { tls: {} }),
    name: 'tidings',
    timeout: timeoutMs,
    reconnect: false,
    ignoreClusterUpdates: true,
    noAsyncTraces: true,
  });
}

/** @throws UnusableCreds */
async function authenticatorOf(transport: Client['transport'], path: string) {
  try {
    const authenticator = transport.credsAuthenticator(await readFile(path));
    // It reads the text when it is asked for the first time.
    authenticator('');
    return authenticator;
  } catch (error) {
    throw new UnusableCreds(error instanceof Error ? error.message : String(error));
  }
}
