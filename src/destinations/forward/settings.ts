import type { TakenSources } from '../../model/destination.ts';
import type { Secret } from '../../shared/secret.ts';

/**
 * provider  as the source's provider signs, with the source's secret; where nobody but the provider can, as `standard`
 * standard  after Standard Webhooks, with `secret`
 * none      not at all
 */
export const SIGNATURES = ['provider', 'standard', 'none'] as const;

export interface ForwardSettings {
  readonly url: Secret;
  readonly signature: (typeof SIGNATURES)[number];
  /** `whsec_` and base64. Absent: what the provider alone can sign is not sent. */
  readonly secret?: Secret;
  /** As which address the application verifies, where that is not `url`: some providers sign it. */
  readonly signed_url?: string;
  /** All of its sources is forwarded, whatever rules say. */
  readonly raw: boolean;
  /** With `raw`. Absent: all of them. */
  readonly sources?: readonly string[] | undefined;
  /** Requests in flight at once; more than 1 gives up order. */
  readonly concurrency: number;
  readonly timeout_ms: number;
  readonly retry_days: number;
  /** Statuses after which an event is not tried again. */
  readonly final: readonly number[];
}

export const URL_VARIABLE = 'FORWARD_URL';
export const SECRET_VARIABLE = 'FORWARD_SECRET';

export const DEFAULTS = {
  signature: 'provider',
  raw: false,
  concurrency: 1,
  timeout_ms: 30_000,
  retry_days: 3,
  final: [400, 413, 422],
} as const satisfies Partial<ForwardSettings>;

export function takenBy({ raw, sources }: Pick<ForwardSettings, 'raw' | 'sources'>): TakenSources | null {
  return raw ? (sources ?? 'all') : null;
}

/** What is wrong with a secret, as a predicate. https://github.com/standard-webhooks/standard-webhooks/blob/main/spec */
export function secretProblem(text: string): string | undefined {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text)?.[1] ?? '';
  const { length } = Buffer.from(encoded, 'base64');
  if (encoded.length % 4 === 0 && length >= 24 && length <= 64) return undefined;
  return 'must be whsec_ and 24 to 64 bytes in base64. To make one: echo "whsec_$(openssl rand -base64 32)"';
}
