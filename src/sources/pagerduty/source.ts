import { identified, type Received, type Source, type SourceRequest } from '../../model/source.ts';
import { type Keys, keyIdsOf, keysOf } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { diagnose, ownFault } from './diagnose.ts';
import { identify } from './envelope.ts';
import { know } from './know.ts';
import { normalise } from './normalise.ts';
import { glance, HEADER, verify } from './signature.ts';

export interface PagerdutySourceOptions {
  readonly name: string;
  /** All are tried: each subscription has its own. */
  readonly secrets: readonly Secret[];
}

/** PagerDuty's webhooks: subscriptions (V3), and the extensions before them (V2). */
export function pagerdutySource({ name, secrets }: PagerdutySourceOptions): Source {
  const keys = keysOf(secrets);
  return {
    name,
    provider: 'pagerduty',
    contentTypes: ['application/json'],
    onceHeaders: [HEADER],
    storedHeaders: ['content-type', 'user-agent', 'x-webhook-id', 'x-webhook-subscription'],
    maxBodyBytes: 1024 * 1024,
    bodies: 'unique',
    glance,
    receive: (request) => receive(keys, secrets, request),
    diagnose: (request, refused) => diagnose(secrets, request, refused),
    normalise,
    know,
    keyIds: keyIdsOf(secrets),
  };
}

/**
 * The id is the signed one of the event, not the header's: two subscriptions that call one address tell of it once. What PagerDuty is
 * told to be wrong is lost; where the fault is certainly ours, it shall try again.
 */
function receive(keys: Keys, secrets: readonly Secret[], request: SourceRequest): Received {
  const secretNo = verify(keys, request);
  if (typeof secretNo !== 'number') {
    const reason = secretNo.cause === 'mismatch' ? ownFault(secrets, request) : null;
    return reason === null ? secretNo : { kind: 'not_now', reason };
  }
  return identified(secretNo, identify(request.body));
}
