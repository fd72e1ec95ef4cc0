import type { Destination } from '../../model/destination.ts';
import { Secret } from '../../shared/secret.ts';
import { httpDestination as createHttp } from './http-destination.ts';

export interface HttpOptions {
  readonly name: string;
  /** Of it only the origin is ever shown. */
  readonly url: string | Secret;
  /** Standard Webhooks form, `whsec_` + base64. Without one, requests are not signed. */
  readonly secret?: string | Secret;
  /** Requests in flight at once; more than 1 gives up order. Default 1. */
  readonly concurrency?: number;
  /** Default 10 s. */
  readonly timeoutMs?: number;
}

/**
 * An endpoint that gets every activity as JSON.
 * @throws Error when the secret is not of that form
 */
export function httpDestination({ url, secret, ...options }: HttpOptions): Destination {
  return createHttp({ ...options, url: Secret.of(url), secret: secret === undefined ? null : Secret.of(secret) });
}
