import type { Destination } from '../../model/destination.ts';
import { systemClock } from '../../shared/clock.ts';
import { Secret } from '../../shared/secret.ts';
import { mustFit } from '../must-fit.ts';
import { pagerdutyDestination as createPagerduty } from './pagerduty-destination.ts';
import { type AlertSeverity, DEFAULTS, type Region } from './settings.ts';
import { keyProblem, urlProblem } from './shapes.ts';

export interface PagerdutyOptions {
  readonly name: string;
  /** The Integration Key of a service: Integrations → Events API V2. */
  readonly routingKey: string | Secret;
  /** Default `us`. */
  readonly region?: Region;
  /** Another address that takes events as PagerDuty does. Default: the region's. */
  readonly url?: string;
  /** Of an alert that its provider does not grade. Default `error`. */
  readonly severity?: AlertSeverity;
  /** False: what is neither broken nor fixed goes nowhere. Default true: as a change event. */
  readonly changes?: boolean;
}

/**
 * A service at PagerDuty: an alert for what breaks, resolved when it is fixed.
 * @throws Error when the key cannot be one
 */
export function pagerdutyDestination({ name, url, ...options }: PagerdutyOptions): Destination {
  const { routingKey, region = DEFAULTS.region, severity = DEFAULTS.severity, changes = DEFAULTS.changes } = options;
  const key = Secret.of(routingKey);
  const problems = { routingKey: keyProblem(key.reveal()), url: url === undefined ? undefined : urlProblem(url) };
  mustFit('pagerdutyDestination', problems);
  const at = url === undefined ? { region } : { region, url: url.replace(/\/+$/, '') };
  return createPagerduty({ name, settings: { routing_key: key, severity, changes, ...at }, clock: systemClock });
}
