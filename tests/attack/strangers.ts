import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { deliver } from '../support/github.ts';
import { issueOpened } from '../support/payloads.ts';
import type { TidingsProcess } from '../support/tidings-process.ts';

/** The head of a POST by somebody without a secret, up to the empty line. */
export function forgedHead(framing: string, extra: readonly string[] = []): string {
  return [
    'POST /webhooks/github HTTP/1.1',
    'Host: localhost',
    'Content-Type: application/json',
    'X-GitHub-Event: issues',
    'X-GitHub-Delivery: made-up',
    `X-Hub-Signature-256: sha256=${'a'.repeat(64)}`,
    framing,
    ...extra,
    '\r\n',
  ].join('\r\n');
}

/** Connections of strangers, all closed at the end. One that is closed comes back a second later. */
export class Crowd implements Disposable {
  readonly #port: number;
  readonly #sockets = new Set<Socket>();
  #isOver = false;

  constructor({ port }: { readonly port: number }) {
    this.#port = port;
  }

  /** `act` begins each connection; resolves when all are connected. */
  async come(count: number, act: (socket: Socket) => void): Promise<void> {
    await Promise.all(Array.from({ length: count }, () => this.#one(act)));
  }

  async #one(act: (socket: Socket) => void): Promise<void> {
    const socket = connect({ port: this.#port, host: '127.0.0.1' });
    this.#sockets.add(socket);
    socket
      .on('error', () => {})
      .on('close', () => {
        this.#sockets.delete(socket);
        setTimeout(() => this.#isOver || void this.#one(act), 1_000).unref();
      });
    socket.resume();
    await Promise.race([once(socket, 'connect'), once(socket, 'close')]).catch(() => undefined);
    if (!socket.destroyed) act(socket);
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    for (const socket of this.#sockets) socket.destroy();
  }
}

export interface Real {
  readonly statuses: readonly number[];
  readonly slowestMs: number;
}

let lastIssue = 0;

/** `count` genuine deliveries, one after the other, each on a connection of its own. */
export async function realDeliveries({ url }: TidingsProcess, count: number, padding = 0): Promise<Real> {
  const statuses: number[] = [];
  let slowestMs = 0;
  for (let i = 0; i < count; i++) {
    const issue = issueOpened(++lastIssue);
    const sent = { ...issue, body: Buffer.concat([issue.body, Buffer.alloc(padding, ' ')]) };
    const began = performance.now();
    // 0: cut off.
    statuses.push(
      await deliver(url, sent, { connection: 'close' }).then(
        ({ status }) => status,
        () => 0,
      ),
    );
    slowestMs = Math.max(slowestMs, performance.now() - began);
  }
  return { statuses, slowestMs };
}

/** The most memory that the process ever had, in MB. */
export function peakMb({ child }: TidingsProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1000;
}
