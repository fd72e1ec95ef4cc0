import { InboxUnavailableError } from '../../model/inbox.ts';
import type { HeardEvent, ListenContext, Standing } from '../../model/listen/listen-context.ts';
import { listeningCursor, listeningText } from '../../model/listen/listening.ts';
import type { Listener } from '../../model/source.ts';
import { redact } from '../../shared/secrets/redact.ts';
import type { JobContext } from '../context.ts';
import type { OwnedLane } from '../owned-lane.ts';
import { pause } from '../persist.ts';

export interface ListenDeps {
  readonly context: JobContext;
  readonly listeners: readonly Listener[];
}

/** After one that ended by a bug: not in a hot circle. */
const AGAIN_MS = 30_000;
/** One line in the log for so many events that could not be stored. */
const LOG_EVERY = 100;

/**
 * The story of the lane `listen`, as long as this worker owns it: each source that listens is connected. The lane is lost, or its lease
 * could not be renewed in time: the connections end, for another worker may have its own.
 */
export async function runListening({ context, listeners }: ListenDeps, owned: OwnedLane): Promise<void> {
  const { clock } = context;
  while (!owned.over) {
    const over = new AbortController();
    const listening = Promise.all(listeners.map((source) => keepListening(source, context, over.signal)));
    while (!owned.over && owned.remainingMs() > 0) await owned.wake.wait(clock, owned.remainingMs());
    over.abort();
    await listening;
    while (!owned.over && owned.remainingMs() <= 0) await owned.wake.wait(clock, context.timing.renewMs);
  }
}

async function keepListening(source: Listener, context: JobContext, signal: AbortSignal): Promise<void> {
  const { clock, log, telemetry } = context;
  const given = listenContextOf(source, context, signal);
  const over = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => over.resolve(), { once: true });
  while (!signal.aborted) {
    try {
      await source.listen(given);
      if (signal.aborted) break;
      log.error({ source: source.name }, `the source ${source.name} stopped listening by a bug; it begins again soon`);
    } catch (error) {
      log.error(
        { err: error, source: source.name },
        `listening for ${source.name} ended by a bug; it begins again soon`,
      );
    }
    if (!signal.aborted) await Promise.race([pause(clock, AGAIN_MS), over.promise]);
  }
  telemetry.listening(source.name, null);
}

function listenContextOf(source: Listener, context: JobContext, signal: AbortSignal): ListenContext {
  const { clock, random, log } = context;
  const stands = standingKeeper(source, context);
  let failures = 0;

  async function keep(event: HeardEvent): ReturnType<ListenContext['keep']> {
    const begun = clock.monotonic();
    try {
      const headers = Object.fromEntries(
        Object.entries(event.headers).filter(([name]) => source.storedHeaders.includes(name)),
      );
      const common = { origin: 'webhook', source: source.name, receivedAt: clock.now(), secretNo: 0 } as const;
      const { status } = await context.inbox.append({ ...event, ...common, headers });
      context.telemetry.appended((clock.monotonic() - begun) / 1000);
      context.telemetry.received(source.name, status);
      failures = 0;
      return status;
    } catch (error) {
      const level = error instanceof InboxUnavailableError ? 'warn' : 'error';
      const what = 'what a source heard could not be stored, and its sender is not told that it was';
      if (failures++ % LOG_EVERY === 0) log[level]({ err: error, source: source.name, failures }, what);
      context.telemetry.received(source.name, 'unavailable');
      return 'unavailable';
    }
  }

  return { keep, stands, signal, clock, random, log };
}

/** Says each change: to the log, to the metrics, and to the database for whoever looks from elsewhere. */
function standingKeeper({ name }: Listener, { inbox, clock, log, telemetry }: JobContext): ListenContext['stands'] {
  let last = '';
  let writing = Promise.resolve();
  return (given) => {
    const standing: Standing = given.kind === 'connected' ? given : { ...given, reason: redact(given.reason) };
    const now = JSON.stringify(standing);
    if (now === last) return;
    last = now;
    telemetry.listening(name, standing.kind === 'connected');
    say(standing);
    const text = listeningText({ standing, since: clock.now() });
    writing = writing
      .then(() => inbox.remember(listeningCursor(name), text))
      // Safe to go on: only doctor is told less.
      .catch((error: unknown) => log.debug({ err: error }, 'how a source stands could not be written'));
  };

  function say(standing: Standing): void {
    const about = { source: name };
    if (standing.kind === 'connected') log.info(about, `${name} is connected, and listens`);
    else if (standing.kind === 'trying') log.warn(about, `${name} is not connected: ${standing.reason}; trying again`);
    else log.error(about, `${name} is not connected, and hears nothing until somebody acts: ${standing.reason}`);
  }
}
