import type { ListenContext } from '../../../model/listen-context.ts';
import { type Connection, connect, type Leaving } from './connection.ts';
import { askForUrl, type SocketSettings } from './open-url.ts';

/** One that lasted so long has stood. */
const STEADY_MS = 30_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** Nothing helps but somebody who does something at Slack: the next start tries at once. */
const STOPPED_PAUSE_MS = 5 * 60_000;

type Failed = { readonly kind: 'later' | 'stopped'; readonly reason: string; readonly retryAfterMs: number | null };

/**
 * Socket Mode: one connection, and another one before Slack ends it.
 * https://docs.slack.dev/apis/events-api/using-socket-mode
 *
 * 1. Ask for an address, and connect to it.
 * 2. What comes is stored, then acked (connection.ts).
 * 3. Where Slack warns that it will end it: go on at 1. The old one is read until Slack closes it.
 * 4. Where it broke or fell silent: the same; of several in a row that did not stand, after a pause that grows.
 * 5. Where Slack says no: the same, but rarely.
 */
export async function listenByToken(context: ListenContext, settings: SocketSettings): Promise<void> {
  const open = new Set<Connection>();
  let current: Connection | null = null;
  let failures = 0;
  while (!context.signal.aborted) {
    const made = await opened(context, settings);
    if ('kind' in made) {
      if (!context.signal.aborted && !current?.isOpen) context.stands(standingOf(made));
      await pause(context, pauseMs(made, failures++, context.random));
      continue;
    }
    current?.retire();
    current = made;
    open.add(made);
    const since = context.clock.monotonic();
    context.stands({ kind: 'connected' });
    const leaving = await untilLeaving(made, context.signal);
    if (leaving === null) break;
    for (const each of open) if (!each.isOpen) open.delete(each);
    failures = context.clock.monotonic() - since >= STEADY_MS ? 0 : failures + 1;
    if (leaving.kind !== 'refresh') {
      context.stands({ kind: leaving.kind === 'ended' ? 'trying' : 'stopped', reason: leaving.reason });
      await made.drop();
    }
    const failed: Failed = { kind: leaving.kind === 'stopped' ? 'stopped' : 'later', reason: '', retryAfterMs: null };
    if (failures > 1 || leaving.kind === 'stopped') await pause(context, pauseMs(failed, failures - 2, context.random));
  }
  await Promise.all(Array.from(open, (each) => each.drop()));
}

async function opened(context: ListenContext, settings: SocketSettings): Promise<Connection | Failed> {
  const asked = await askForUrl(settings, context.signal);
  if (asked.kind !== 'url') return { retryAfterMs: null, ...asked };
  const made = await connect(context, asked.url);
  if (made.kind === 'connected') return made.connection;
  return { kind: made.kind === 'failed' ? 'later' : 'stopped', reason: made.reason, retryAfterMs: null };
}

function standingOf({ kind, reason }: Failed) {
  return { kind: kind === 'later' ? ('trying' as const) : ('stopped' as const), reason };
}

/** With chance in it, so that those who were cut off together do not come back together. */
function pauseMs({ kind, retryAfterMs }: Failed, failures: number, random: ListenContext['random']): number {
  if (kind === 'stopped') return STOPPED_PAUSE_MS;
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(Math.max(failures, 0), 10));
  return Math.min(Math.max(retryAfterMs ?? 0, longest * (0.5 + random() / 2)), STOPPED_PAUSE_MS);
}

/** Null: it is over. */
function untilLeaving({ leaving }: Connection, signal: AbortSignal): Promise<Leaving | null> {
  return untilAborted(signal, leaving);
}

async function pause({ clock, signal }: ListenContext, ms: number): Promise<void> {
  const over = Promise.withResolvers<void>();
  const cancel = clock.after(ms, over.resolve);
  await untilAborted(signal, over.promise);
  cancel();
}

/** Null: the signal came first. */
async function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T | null> {
  const aborted = Promise.withResolvers<null>();
  const stop = () => aborted.resolve(null);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
