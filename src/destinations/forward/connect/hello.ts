import type { Clock } from '../../../shared/clock.ts';
import { type OutboundResult, request } from '../../../shared/outbound.ts';
import type { Secret } from '../../../shared/secret.ts';
import { standardSigned } from '../../../shared/standard-webhooks.ts';

/** Posts what no provider sends, so that an application that does not know it does nothing with it. */
export function greet(url: Secret, secret: Secret | null, clock: Clock, signal: AbortSignal): Promise<OutboundResult> {
  const now = clock.now();
  const body = Buffer.from(JSON.stringify({ type: 'tidings.hello', timestamp: new Date(now).toISOString(), data: {} }));
  const id = 'evt_hello';
  const signed = secret === null ? { 'webhook-id': id } : standardSigned(secret, { id, now, body }, 'webhook');
  const headers = { 'content-type': 'application/json', ...signed, 'tidings-event': 'hello', 'tidings-attempt': '1' };
  return request({ url: url.reveal(), headers, body, timeoutMs: 10_000, signal });
}
