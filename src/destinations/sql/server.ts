import type { SendContext } from '../../model/destination.ts';
import { type Database, NOT_OURS, type Ran } from './database.ts';
import { type Driver, type Line, openLines, until } from './lines.ts';
import type { Value } from './row.ts';

/** What a driver has to know of its server. */
export interface Server<C> extends Driver<C>, Pick<Database, 'dialect' | 'place'> {
  /** How many rows were written, or found. @throws Error of the driver */
  query(client: C, sql: string, values: readonly Value[]): Promise<number>;
  /** What an error of the driver means. `hasLeft`: the server may have done what it was asked for. */
  outcomeOf(error: unknown, hasLeft: boolean): Ran;
}

/** A database behind a network. */
export function openServer<C>(server: Server<C>, timeoutMs: number): Database {
  const { dialect, place } = server;
  const lines = openLines(server);

  async function speak(sql: string, values: readonly Value[], context: Context, writes: boolean): Promise<Ran> {
    const { signal: stop, departure } = context;
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = AbortSignal.any([stop, timeout]);
    let line: Line<C> | undefined;
    let hasLeft = false;
    try {
      stop.throwIfAborted();
      line = await lines.take(signal);
      const { client, socket } = line;
      if (departure && !(await departure.mayLeave())) {
        lines.giveBack(line);
        return NOT_OURS;
      }
      hasLeft = writes;
      const rows = await until(signal, socket, () => {
        const answer = server.query(client, sql, values);
        departure?.hasLeft();
        return answer;
      });
      lines.giveBack(line);
      return { kind: 'done', rows };
    } catch (error) {
      // What is wrong with it, the next one need not find out.
      line?.socket.destroy();
      if (signal.aborted) return cutOff(place, hasLeft, timeout.aborted ? timeoutMs : null);
      return server.outcomeOf(error, hasLeft);
    }
  }

  return {
    dialect,
    place,
    run: (sql, values, context) => speak(sql, values, context, true),
    ask: (sql, values, signal) => speak(sql, values, { signal }, false),
    [Symbol.asyncDispose]: lines.close,
  };
}

type Context = Pick<SendContext, 'signal' | 'departure'>;

function cutOff(place: string, hasLeft: boolean, timeoutMs: number | null): Ran {
  const why = timeoutMs === null ? 'stopped before an answer came' : `no answer within ${timeoutMs / 1000} s`;
  if (hasLeft) return { kind: 'unknown', reason: `${place} may have it: ${why}` };
  return { kind: 'retry', reason: `${place} cannot be reached: ${why}` };
}

/** What an error says by itself: `ECONNREFUSED`, a code of the server. */
export function told(error: unknown): { readonly code: string; readonly message: string } {
  // Of several addresses, each has its own.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  if (!(first instanceof Error)) return { code: '', message: String(first) };
  return { code: 'code' in first && typeof first.code === 'string' ? first.code : '', message: first.message };
}
