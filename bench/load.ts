import { connect, type Socket } from 'node:net';

export interface LoadResult {
  readonly seconds: number;
  /** Milliseconds from writing a request (open loop: from when it was due) to its answer. */
  readonly latenciesMs: readonly number[];
  readonly statuses: ReadonlyMap<number, number>;
}

/** One keep-alive connection that sends a request and reads one answer with a Content-Length. */
class Connection {
  readonly #socket: Socket;
  #received = '';
  #answered: ((status: number) => void) | undefined;
  #failed: ((error: Error) => void) | undefined;

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.setEncoding('latin1').on('data', (chunk: string) => this.#read(chunk));
    this.#socket.on('error', (error) => this.#failed?.(error));
    this.#socket.on('close', () => this.#failed?.(new Error('the server closed the connection')));
  }

  send(request: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#failed = reject;
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#failed = undefined;
    this.#socket.destroy();
  }

  #read(chunk: string): void {
    this.#received += chunk;
    const end = this.#received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = /content-length: (\d+)/i.exec(this.#received)?.[1] ?? '0';
    if (this.#received.length < end + 4 + Number(length)) return;
    const status = Number(this.#received.slice(9, 12));
    this.#received = '';
    this.#answered?.(status);
  }
}

/** Every connection sends its next request as soon as the last is answered: the server's throughput. */
export async function closedLoop(port: number, requests: readonly Buffer[], connections: number): Promise<LoadResult> {
  const record = recorder();
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const connection = new Connection(port);
      for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
        const sent = performance.now();
        record.add(await connection.send(request), performance.now() - sent);
      }
      connection.close();
    }),
  );
  return record.result((performance.now() - started) / 1000);
}

/**
 * A request is due every 1/rate s whether or not earlier ones were answered; its latency counts from when it was due, so
 * that a stall is not hidden by sending less (coordinated omission).
 */
export async function openLoop(port: number, requests: readonly Buffer[], rate: number): Promise<LoadResult> {
  const record = recorder();
  const idle: Connection[] = [];
  const pending: Promise<void>[] = [];
  const all: Connection[] = [];
  const started = performance.now();

  const send = async (request: Buffer, due: number): Promise<void> => {
    const connection = idle.pop() ?? new Connection(port);
    if (!all.includes(connection)) all.push(connection);
    record.add(await connection.send(request), performance.now() - due);
    idle.push(connection);
  };
  for (let index = 0; index < requests.length; ) {
    const dueCount = Math.min(requests.length, Math.floor(((performance.now() - started) / 1000) * rate) + 1);
    for (; index < dueCount; index++) {
      const request = requests[index];
      if (request !== undefined) pending.push(send(request, started + (index / rate) * 1000));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(pending);
  for (const connection of all) connection.close();
  return record.result((performance.now() - started) / 1000);
}

function recorder() {
  const latenciesMs: number[] = [];
  const statuses = new Map<number, number>();
  return {
    add(status: number, latencyMs: number): void {
      latenciesMs.push(latencyMs);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    },
    result: (seconds: number): LoadResult => ({ seconds, latenciesMs, statuses }),
  };
}

/** Throws unless every request was answered 200: a figure over refused requests would be worthless. */
export function assertAll200(result: LoadResult): void {
  const answers = [...result.statuses].map(([status, count]) => `${count} × ${status}`).join(', ');
  if (result.statuses.size !== 1 || !result.statuses.has(200)) throw new Error(`not all were accepted: ${answers}`);
}
