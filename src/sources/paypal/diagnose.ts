import type { Refused, SourceRequest } from '../../model/source.ts';
import { type Signer, secretFault } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { staleWords } from '../../shared/signed-time.ts';
import type { Certificates } from './certificates/certificates.ts';
import {
  ALGORITHM,
  HEADERS,
  matchingId,
  SAMPLE_ALGORITHM,
  secondsOf,
  TOLERANCE_SECONDS,
  transmissionIn,
} from './signature.ts';

export interface Diagnosing {
  /** IDs of webhooks. */
  readonly ids: readonly Secret[];
  readonly hosts: readonly string[];
  readonly certificates: Certificates;
  readonly takesSamples: boolean;
}

const SIGNER: Signer = {
  title: 'PayPal',
  variable: 'PAYPAL_WEBHOOK_ID',
  where: 'at PayPal under Apps & Credentials → the app → Webhooks → Webhook ID',
};

/** What PayPal's simulator signs instead of a webhook's ID. */
const SIMULATOR = 'WEBHOOK_ID';

/** The likely cause of a refusal, and what to do, for the operator's log. Repeats nothing of the body or the secrets. Never throws. */
export function diagnose(diagnosing: Diagnosing, request: SourceRequest, { cause }: Refused): string {
  const { headers, now } = request;
  switch (cause) {
    case 'unsigned':
      return headers[HEADERS.signature] === undefined
        ? 'There is no PAYPAL-TRANSMISSION-SIG: the sender is not PayPal, or a proxy dropped the header.'
        : `PAYPAL-AUTH-ALGO is not ${ALGORITHM}, and nothing else is taken: the sender is not PayPal.`;
    case 'malformed_signature':
      return `One of PayPal's headers is not what PayPal sends (PAYPAL-CERT-URL leads to ${diagnosing.hosts.join(', ')} alone): it was cut, doubled or rewritten on the way, or the sender is not PayPal.`;
    case 'stale': {
      const found = transmissionIn(headers, diagnosing.hosts);
      return staleWords(SIGNER.title, 'kind' in found ? 0 : secondsOf(found), now, TOLERANCE_SECONDS);
    }
    case 'mismatch':
      return mismatch(diagnosing, request);
  }
}

function mismatch({ ids, hosts, certificates, takesSamples }: Diagnosing, request: SourceRequest): string {
  const found = transmissionIn(request.headers, hosts);
  if ('kind' in found) return general();
  if (found.certUrl === null) return sample(takesSamples);
  const certificate = certificates.known(found.certUrl, request.now);
  if (certificate !== null && certificate.kind !== 'trusted') {
    return `The certificate at PAYPAL-CERT-URL is not taken: ${certificate.problem}.`;
  }
  const match = (each: readonly string[]) =>
    certificate === null ? null : matchingId(certificate.key, each, found, request.body);
  if (match([SIMULATOR]) !== null) {
    return "PayPal's webhooks simulator sent it, which signs for no webhook of anybody's: whoever uses the simulator could send it. To try things out, pay in the sandbox.";
  }
  return secretFault(ids, SIGNER, (bare) => match(bare.map((id) => id.reveal()))) ?? general();
}

function sample(takesSamples: boolean): string {
  return takesSamples
    ? 'The sample is signed with another PAYPAL_SAMPLE_SECRET, or for another webhook ID, than are set here.'
    : `It is a sample of \`tidings send\` (PAYPAL-AUTH-ALGO: ${SAMPLE_ALGORITHM}), and none are taken here: set PAYPAL_SAMPLE_SECRET, here and where it is sent.`;
}

function general(): string {
  return `The signature does not match: the webhook ID differs from the one ${SIGNER.where} (each webhook has its own, and so has the sandbox), or the body was altered on the way.`;
}
