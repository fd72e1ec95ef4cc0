import type { Clock } from '../shared/clock.ts';
import type { Logger } from '../shared/log.ts';
import type { Inbound } from './inbound.ts';
import type { Proxies } from './proxies/trusted-proxies.ts';
import type { TallyKeeper } from './tally-keeper.ts';

/** At most one explained line for each source and cause in this time. */
const QUIET_MS = 10_000;
const USER_AGENT_LENGTH = 80;

type Sender = Pick<Inbound, 'from' | 'headers'>;

export interface RefusalLog {
  /**
   * `explain` gives the likely cause in one sentence; it may be expensive and is called only when a line is due. `error`:
   * what was thrown, if that is why.
   */
  refused(source: string, cause: string, inbound: Sender, explain: () => string, error?: unknown): void;
  /** The same for what went wrong on our side: the line is an error and carries `error` with its stack. */
  failed(source: string, cause: string, inbound: Sender, error: unknown, message: string): void;
}

interface Window {
  readonly since: number;
  more: number;
}

/**
 * Says why requests are refused without letting a flood fill the disk: the first refusal of a kind is explained, the
 * rest of the next ten seconds becomes one line, "and N more". Keys come from the configuration, never from senders,
 * so the memory is bounded too. The address is the connection's, or what a trusted proxy says of it.
 */
export interface RefusalLogDeps {
  readonly clock: Clock;
  readonly log: Logger;
  readonly proxies: Pick<Proxies, 'callerOf'>;
  /** Counts them. */
  readonly tally?: Pick<TallyKeeper, 'count'> | undefined;
}

export function createRefusalLog({ clock, log, proxies, tally }: RefusalLogDeps): RefusalLog {
  const windows = new Map<string, Window>();

  function isDue(source: string, cause: string): boolean {
    const key = `${source} ${cause}`;
    const open = windows.get(key);
    if (open !== undefined) {
      open.more += 1;
      return false;
    }
    const window: Window = { since: clock.now(), more: 0 };
    windows.set(key, window);
    clock.after(QUIET_MS, () => {
      windows.delete(key);
      const { more, since } = window;
      if (more === 0) return;
      log.warn({ source, cause, more }, `and ${more} more refused (${cause}) since ${new Date(since).toISOString()}`);
    });
    return true;
  }

  const sender = (inbound: Sender) => ({
    from: proxies.callerOf(inbound) ?? 'unknown',
    userAgent: printable(inbound.headers['user-agent'] ?? 'none', USER_AGENT_LENGTH),
  });

  return {
    refused(source, cause, inbound, explain, error) {
      const why = isDue(source, cause) ? wordsOf(explain) : null;
      tally?.count(source, cause, why);
      if (why === null) return;
      const ours = `The clock of this machine says ${new Date(clock.now()).toISOString()}: if that is off, set it.`;
      log.warn({ source, cause, ...sender(inbound), err: error }, cause === 'stale' ? `${why} ${ours}` : why);
    },
    failed(source, cause, inbound, error, message) {
      tally?.count(source, cause, message);
      if (isDue(source, cause)) log.error({ source, cause, ...sender(inbound), err: error }, message);
    },
  };
}

/** A refusal stands, whether it can be explained or not. */
function wordsOf(explain: () => string): string {
  try {
    return explain();
  } catch (error) {
    return `refused; why could not be told: ${String(error)}`;
  }
}

/** Text from a sender, fit for a terminal: printable ASCII, cut. */
export function printable(text: string, maxLength: number): string {
  const clean = text.slice(0, maxLength).replace(/[^ -~]/g, '?');
  return text.length > maxLength ? `${clean}…` : clean;
}
