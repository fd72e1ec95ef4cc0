import { timingSafeEqual } from 'node:crypto';
import { splitName } from '../../model/kind.ts';
import type { Received, Refused, Source, SourceRequest } from '../../model/source.ts';
import { keyIdsOf } from '../../shared/hmac.ts';
import { type OutboundRequest, type OutboundResult, request as outbound } from '../../shared/outbound.ts';
import type { Secret } from '../../shared/secret.ts';
import { isStale } from '../../shared/signed-time.ts';
import { type Certificates, createCertificates } from './certificates/certificates.ts';
import type { Found } from './certificates/looking.ts';
import { type Diagnosing, diagnose } from './diagnose.ts';
import { identify } from './envelope.ts';
import { normalise } from './normalise/normalise.ts';
import type { PaypalSettings } from './settings.ts';
import {
  HEADERS,
  matchingId,
  sampleSignature,
  secondsOf,
  TOLERANCE_SECONDS,
  type Transmission,
  transmissionIn,
} from './signature.ts';

/** Where PayPal keeps its certificates. */
const CERT_HOSTS = ['api.paypal.com', 'api-m.paypal.com', 'api.sandbox.paypal.com', 'api-m.sandbox.paypal.com'];
/** Whom they name; any other certificate of an authority would prove nothing. */
const CERT_SUBJECTS = ['messageverificationcerts.paypal.com', 'messageverificationcerts.sandbox.paypal.com'];

export interface PaypalSourceOptions {
  readonly name: string;
  /** The IDs of webhooks. All are tried: of several, or of the sandbox. */
  readonly secrets: readonly Secret[];
  readonly settings?: PaypalSettings;
  /** Fetches certificates. */
  readonly request?: (outbound: OutboundRequest) => Promise<OutboundResult>;
}

interface Verifying {
  readonly ids: readonly Secret[];
  readonly hosts: readonly string[];
  readonly sampleKey: Secret | null;
  readonly certificates: Certificates;
}

/** PayPal's webhooks, live or of its sandbox. */
export function paypalSource({ name, secrets, settings = {}, request = outbound }: PaypalSourceOptions): Source {
  const { sample_secret: sampleSecret = null, certHosts: hosts = CERT_HOSTS } = settings;
  const certificates = createCertificates({
    request,
    anchors: settings.trustAnchors ?? null,
    subjects: settings.certSubjects ?? CERT_SUBJECTS,
    served: settings.certificates ?? null,
  });
  const sampleKey = sampleSecret === null || sampleSecret.reveal() === '' ? null : sampleSecret;
  const verifying: Verifying = { ids: secrets, hosts, sampleKey, certificates };
  const diagnosing: Diagnosing = { ...verifying, takesSamples: sampleKey !== null };
  return {
    name,
    provider: 'paypal',
    contentTypes: ['application/json'],
    onceHeaders: Object.values(HEADERS),
    // The address of the certificate tells the sandbox from what is real.
    storedHeaders: ['content-type', 'user-agent', HEADERS.id, HEADERS.time, HEADERS.certUrl],
    maxBodyBytes: 5 * 1024 * 1024,
    // What PayPal sends once more has an id of its own, which it signs.
    bodies: 'repeat',
    glance(headers) {
      const transmission = transmissionIn(headers, hosts);
      return 'kind' in transmission ? transmission : null;
    },
    receive: (asked) => receive(verifying, asked),
    diagnose: (asked, refused) => diagnose(diagnosing, asked, refused),
    normalise,
    keyIds: keyIdsOf(secrets),
  };
}

const MISMATCH = { kind: 'refused', cause: 'mismatch' } as const satisfies Refused;

function receive(verifying: Verifying, request: SourceRequest): Received | Promise<Received> {
  const transmission = transmissionIn(request.headers, verifying.hosts);
  if ('kind' in transmission) return transmission;
  if (verifying.ids.every((id) => id.reveal() === '')) return MISMATCH;
  if (transmission.certUrl === null) return decided(sampleIs(verifying, transmission, request), transmission, request);
  const found = verifying.certificates.at(transmission.certUrl, request.now);
  const decide = (certificate: Found) => receivedWith(certificate, verifying.ids, transmission, request);
  return found instanceof Promise ? found.then(decide) : decide(found);
}

function receivedWith(
  certificate: Found,
  ids: readonly Secret[],
  transmission: Transmission,
  request: SourceRequest,
): Received {
  if (certificate.kind === 'away') {
    return { kind: 'not_now', reason: `PayPal's certificate cannot be had: ${certificate.problem}.` };
  }
  if (certificate.kind === 'untrusted') return MISMATCH;
  return decided(
    matchingId(
      certificate.key,
      ids.map((id) => id.reveal()),
      transmission,
      request.body,
    ),
    transmission,
    request,
  );
}

function sampleIs({ ids, sampleKey }: Verifying, transmission: Transmission, { body }: SourceRequest): number | null {
  if (sampleKey === null) return null;
  const no = ids.findIndex(
    (id) =>
      id.reveal() !== '' && timingSafeEqual(sampleSignature(sampleKey, transmission, id, body), transmission.signature),
  );
  return no < 0 ? null : no + 1;
}

function decided(secretNo: number | null, transmission: Transmission, request: SourceRequest): Received {
  if (secretNo === null) return MISMATCH;
  if (isStale(secondsOf(transmission), request.now, TOLERANCE_SECONDS)) return { kind: 'refused', cause: 'stale' };
  const identity = identify(request.body);
  if ('missing' in identity) return { kind: 'unidentified', secretNo, missing: identity.missing };
  // Both are the transmission's id, which is signed: of the body only a CRC-32 is, so that its own id could be made up.
  const { id } = transmission;
  return { kind: 'event', deliveryId: id, guid: id, type: splitName(identity.name).type, secretNo };
}
