import {
  type HookOwner,
  ownerText,
  RecoverError,
  type RecoverRequest,
  type Recovery,
} from '../../../model/recovery.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { Logger } from '../../../shared/log.ts';
import { goingSoon } from './recover-plan.ts';

export interface RecoverServiceDeps {
  readonly owners: readonly HookOwner[];
  recover(request: RecoverRequest, signal: AbortSignal): Promise<Recovery>;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface RecoverService {
  /** Idempotent. Resolves when what is being read is stored, after 2 s at most. */
  stop(): Promise<void>;
}

const EVERY_MS = 10 * 60 * 1000;
const STOP_MS = 2_000;

/** Recovers now and every ten minutes. An owner whose hooks cannot be read is named once and then left alone. */
export function startRecoverService({ owners, recover, clock, log }: RecoverServiceDeps): RecoverService {
  const stopping = new AbortController();
  const given = new Set<HookOwner>();
  let cancel: () => void = () => undefined;
  let running = run();

  async function run(): Promise<void> {
    for (const owner of owners) {
      if (stopping.signal.aborted) return;
      if (!given.has(owner)) await one(owner);
    }
    if (stopping.signal.aborted || given.size === owners.length) return;
    cancel = clock.after(EVERY_MS, () => {
      running = run();
    });
  }

  async function one(owner: HookOwner): Promise<void> {
    try {
      const request = { owner, hookId: null, fetch: false, dryRun: false, sparesAnswered: true };
      report(owner, await recover(request, stopping.signal));
    } catch (error) {
      // Webhooks are taken all the same; the next run begins where the last good one ended.
      const message = error instanceof Error ? error.message : String(error);
      const isFinal = error instanceof RecoverError && error.reason !== 'unreachable';
      if (isFinal) given.add(owner);
      const next = isFinal
        ? 'Missed deliveries are not looked for until the next start.'
        : 'The next try is in 10 minutes.';
      if (!stopping.signal.aborted) log.warn(`recover ${ownerText(owner)}: ${message} ${next}`);
    }
  }

  function report(owner: HookOwner, { missed }: Recovery): void {
    const left = missed.filter(({ outcome }) => outcome === 'left');
    const line = `recover ${ownerText(owner)}: ${missed.length} missed, ${missed.length - left.length} recovered`;
    if (left.length > 0) log.warn(`${line}; ${left.length} could not be: ${left[0]?.why}`);
    else log[missed.length > 0 ? 'info' : 'debug'](line);
    const soon = goingSoon(left, clock.now());
    if (soon === null) return;
    const when = new Date(soon.firstAt).toISOString();
    log.warn(`recover ${ownerText(owner)}: GitHub drops ${soon.count} of them within a day, the first at ${when}`);
  }

  return {
    async stop() {
      stopping.abort();
      cancel();
      // A request to GitHub may wait for its rate limit; what it would bring is there at the next start too.
      await Promise.race([running, new Promise<void>((resolve) => clock.after(STOP_MS, resolve))]);
    },
  };
}
