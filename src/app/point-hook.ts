import type { HookOwner } from '../model/recovery.ts';
import type { Config } from '../surface/config/config.ts';
import type { Surroundings } from './surroundings.ts';

export interface PointRequest {
  readonly owner: HookOwner;
  /** What GitHub shall call, complete. */
  readonly url: string;
  /** What the hook called until now. Null: not known. */
  readonly was: string | null;
}

export interface Pointed {
  readonly kind: 'created' | 'moved' | 'unchanged';
  readonly hookId: number;
}

/**
 * Makes the webhook that called `was` call `url` instead; without one, the only one that calls this source through a
 * tunnel; without that, a new one with the events that the rules need.
 * @throws WebhookError, with a sentence
 */
export async function pointHook(
  _config: Config,
  _surroundings: Surroundings,
  _request: PointRequest,
  _signal: AbortSignal,
): Promise<Pointed> {
  throw new Error('Webhooks cannot be moved yet.');
}
