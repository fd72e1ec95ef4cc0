import type { Destination } from '../../model/destination.ts';
import { systemClock } from '../../shared/clock.ts';
import { Secret } from '../../shared/secret.ts';
import { mustFit } from '../must-fit.ts';
import { topicProblem } from './address.ts';
import { ntfyDestination as createNtfy } from './ntfy-destination.ts';
import { tokenProblem } from './token.ts';

export interface NtfyOptions {
  readonly name: string;
  /** Of the topic, as in `https://ntfy.sh/NAME`. Whoever knows it can read and post. */
  readonly url: string | Secret;
  /** `tk_…`. Without one the topic takes messages from anybody. */
  readonly token?: string | Secret;
  /** 1 to 5, for every message. Default: 4 for bad news and where somebody is called, else 3. */
  readonly priority?: number;
  /** Messages a minute. Default 12, what ntfy.sh allows; 0: no pace. */
  readonly perMinute?: number;
}

/**
 * One topic at ntfy.
 * @throws Error when the address or the token cannot be one
 */
export function ntfyDestination(options: NtfyOptions): Destination {
  const { name, priority, perMinute = 12 } = options;
  const url = Secret.of(options.url);
  const token = options.token === undefined ? undefined : Secret.of(options.token);
  mustFit('ntfyDestination', { url: topicProblem(url.reveal()), token: token && tokenProblem(token.reveal()) });
  const settings = {
    url,
    ...(token && { token }),
    ...(priority !== undefined && { priority }),
    per_minute: perMinute,
  };
  return createNtfy({ name, settings, clock: systemClock });
}
