import { RecoverError, type RecoverRequest, type Recovery } from '../../../model/recovery.ts';
import type { Source } from '../../../model/source.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { Secret } from '../../../shared/secret.ts';
import { createCalls } from '../api/client.ts';
import { type RecoverInbox, recover } from './recover.ts';
import { createHooks } from './recover-hooks.ts';

export interface RecoverySettings {
  /** Null: nobody gave one. */
  readonly token: Secret | null;
  readonly apiUrl: string;
  readonly publicUrl: string | null;
  readonly sources: readonly Source[];
  readonly version: string;
  readonly clock: Clock;
}

export type RunRecovery = (inbox: RecoverInbox, request: RecoverRequest, signal: AbortSignal) => Promise<Recovery>;

/** `tidings recover`, ready to be run with an opened inbox. */
export function createRecovery({ token, apiUrl, publicUrl, sources, version, clock }: RecoverySettings): RunRecovery {
  const calls = token && createCalls({ token, apiUrl, version, clock });
  const byName = new Map(sources.map((source) => [source.name, source]));
  return async (inbox, request, signal) => {
    if (calls === null) {
      throw new RecoverError(
        'not_allowed',
        'GITHUB_TOKEN is not set: GitHub tells only its holder what a webhook delivered.',
      );
    }
    const hooks = createHooks(calls, request.owner);
    return recover({ hooks, inbox, sources: byName, publicUrl, clock, signal }, request);
  };
}
