import type { Secret } from '../../shared/secret.ts';

/** Where PagerDuty takes events of accounts of that service region: https://support.pagerduty.com/main/docs/service-regions */
export const REGIONS = { us: 'https://events.pagerduty.com', eu: 'https://events.eu.pagerduty.com' } as const;
export type Region = keyof typeof REGIONS;

/** https://support.pagerduty.com/main/docs/pd-cef */
export const SEVERITIES = ['critical', 'error', 'warning', 'info'] as const;
export type AlertSeverity = (typeof SEVERITIES)[number];

export interface PagerdutySettings {
  /** The integration key of a service. */
  readonly routing_key: Secret;
  readonly region: Region;
  /** Instead of the region's; without a slash at the end. */
  readonly url?: string;
  /** Of an alert that its provider grades as nothing. */
  readonly severity: AlertSeverity;
  /** Sends what is neither broken nor fixed as a change event. */
  readonly changes: boolean;
}

export const DEFAULTS = { region: 'us', severity: 'error', changes: true } as const;

/** Where events go, without what opens it. */
export function originFor({ region, url }: Pick<PagerdutySettings, 'region' | 'url'>): string {
  return url ?? REGIONS[region];
}
