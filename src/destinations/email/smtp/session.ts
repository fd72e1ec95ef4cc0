import { Readable } from 'node:stream';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SendContext } from '../../../model/destination.ts';
import type { Departure } from '../../../shared/outbound.ts';
import { type MailAnswer, readAnswer, readFailure, type Way } from './answer.ts';
import type { Server } from './server.ts';

export interface Parcel {
  readonly from: string;
  readonly to: string;
  /** As it is sent, headers and all. */
  readonly bytes: Buffer;
}

/** A conversation with a mail server, begun with the first question; after a failure the next question begins a new one. */
export interface Session extends Disposable {
  /** Never throws. */
  send(parcel: Parcel, context: Pick<SendContext, 'signal' | 'departure'>): Promise<MailAnswer>;
  /** Reaches the server and logs in; sends nothing. */
  knock(signal: AbortSignal): Promise<MailAnswer>;
}

const PARTING_MS = 1_000;

/** `timeoutMs`: for one mail, from the connection to the last answer. A server may look for viruses before it answers. */
export function smtpSession(server: Server, timeoutMs: number): Session {
  let connection: SMTPConnection | null = null;

  async function ask(way: Way, outer: AbortSignal, work: (open: SMTPConnection, call: Call) => Promise<string>) {
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = AbortSignal.any([outer, timeout]);
    try {
      signal.throwIfAborted();
      connection ??= await connectionTo(server, timeoutMs);
      const call = caller(connection, signal);
      if (connection.stage === 'init') await greet(connection, server, call);
      return readAnswer(await work(connection, call));
    } catch (error) {
      connection?.close();
      connection = null;
      const limit = timeout.aborted ? `within ${timeoutMs / 1000} s` : outer.aborted ? 'stopped' : null;
      return readFailure(error, way, limit);
    }
  }

  return {
    send(parcel, { signal, departure }) {
      const way = { hasLeft: false };
      return ask(way, signal, async (open, call) => {
        const { from, to } = parcel;
        const info = await call<{ readonly response: string }>((done) =>
          open.send({ from, to: [to], size: parcel.bytes.length }, leaving(parcel.bytes, departure, way), done),
        );
        return info?.response ?? '';
      });
    },
    knock: (signal) => ask({ hasLeft: false }, signal, async () => '250 ready'),
    [Symbol.dispose]() {
      if (connection !== null) takeLeave(connection);
      connection = null;
    },
  };
}

/** One step, which ends with its answer, an error of the connection, or the signal. */
type Call = <T>(step: (done: (error?: Error | null, result?: T) => void) => void) => Promise<T | undefined>;

function caller(connection: SMTPConnection, signal: AbortSignal): Call {
  return (step) =>
    new Promise((resolve, reject) => {
      const fail = (error: Error) => settle(() => reject(error));
      const stop = () => fail(new Error('stopped'));
      const end = () => fail(new Error('Connection closed'));
      const settle = (settled: () => void) => {
        connection.off('error', fail);
        connection.off('end', end);
        signal.removeEventListener('abort', stop);
        settled();
      };
      connection.on('error', fail);
      connection.on('end', end);
      signal.addEventListener('abort', stop, { once: true });
      step((error, result) => (error ? fail(error) : settle(() => resolve(result))));
    });
}

async function connectionTo({ host, port, tls }: Server, timeoutMs: number): Promise<SMTPConnection> {
  const { default: Connection } = await import('nodemailer/lib/smtp-connection');
  const connection = new Connection({
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // What is given up leaves nothing open.
    socketCloseTimeout: 0,
  });
  // Whoever waits for a step hears of it too; between two steps nobody has to.
  connection.on('error', () => {});
  return connection;
}

async function greet(connection: SMTPConnection, { login }: Server, call: Call): Promise<void> {
  await call((done) => connection.connect(done));
  if (login === null) return;
  await call((done) => connection.login({ user: login.user, pass: login.password.reveal() }, done));
}

/** With a word, and soon also where nobody answers it. */
function takeLeave(connection: SMTPConnection): void {
  const timer = setTimeout(() => connection.close(), PARTING_MS);
  connection.once('end', () => clearTimeout(timer));
  connection.quit();
}

/** The bytes of a mail: read when the server waits for them, and so the place for the last look at the lease. */
function leaving(bytes: Buffer, departure: Departure | undefined, way: Way): Readable {
  return new Readable({
    read() {
      const leave = async () => {
        if (!((await departure?.mayLeave()) ?? true)) throw new Error('not sent');
        if (this.destroyed) return;
        way.hasLeft = true;
        this.push(bytes);
        this.push(null);
        departure?.hasLeft();
      };
      if (!way.hasLeft) leave().catch((error: Error) => this.destroy(error));
    },
  });
}
