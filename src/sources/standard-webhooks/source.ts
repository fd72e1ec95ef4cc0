import type { Headers } from '../../model/headers.ts';
import { splitName } from '../../model/kind.ts';
import type { Received, Source, SourceRequest } from '../../model/source.ts';
import { keyIdsOf } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import {
  type StandardKeys,
  type StandardPrefix,
  standardHeaders,
  standardKeysOf,
  standardSignatureIn,
  verifyStandard,
} from '../../shared/standard-webhooks.ts';
import { diagnose } from './diagnose.ts';
import { identify } from './envelope.ts';
import { normalise } from './normalise.ts';
import { PREFIXES, type StandardSettings } from './settings.ts';

export interface StandardSourceOptions {
  readonly name: string;
  /** All are tried, shared ones and public keys alike. */
  readonly secrets: readonly Secret[];
  readonly settings: StandardSettings;
}

/** Whoever signs as https://www.standardwebhooks.com says. */
export function standardSource({ name, secrets, settings }: StandardSourceOptions): Source {
  const keys = standardKeysOf(secrets);
  const prefixes = settings.headers === undefined ? PREFIXES : [settings.headers];
  return {
    name,
    provider: 'standard-webhooks',
    contentTypes: ['application/json', 'text/plain', 'application/octet-stream', 'application/cloudevents+json', ''],
    onceHeaders: prefixes.flatMap(standardHeaders),
    storedHeaders: ['content-type', 'user-agent', 'webhook-id', 'svix-id'],
    maxBodyBytes: 5 * 1024 * 1024,
    // The id is signed: an equal body under another one is no replay.
    bodies: 'repeat',
    glance: (headers) => refused(standardSignatureIn(headers, prefixIn(headers, settings))),
    receive: (request) => receive(keys, settings, request),
    diagnose: (request, why) =>
      diagnose(secrets, { ...settings, headers: prefixIn(request.headers, settings) }, request, why),
    normalise: (event) => normalise(settings.sender, event),
    keyIds: keyIdsOf(secrets),
  };
}

/** Svix sends both, and the headers of either are read alone: never the time of one beside the signature of the other. */
function prefixIn(headers: Headers, { headers: wanted }: StandardSettings): StandardPrefix {
  return wanted ?? PREFIXES.find((prefix) => (headers[standardHeaders(prefix)[2]] ?? '') !== '') ?? 'webhook';
}

function refused(found: ReturnType<typeof standardSignatureIn>) {
  return 'kind' in found ? found : null;
}

function receive(keys: StandardKeys, settings: StandardSettings, request: SourceRequest): Received {
  const prefix = prefixIn(request.headers, settings);
  const secretNo = verifyStandard(keys, request, prefix, settings.tolerance_seconds);
  if (typeof secretNo !== 'number') return secretNo;
  // It was there, bounded and signed.
  const deliveryId = request.headers[standardHeaders(prefix)[0]] ?? '';
  const { id, name } = identify(settings.sender, request.body);
  return { kind: 'event', deliveryId, guid: id ?? deliveryId, type: splitName(name).type, secretNo };
}
