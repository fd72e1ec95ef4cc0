import type { Received, Refused, Source, SourceRequest } from '../../model/source.ts';
import { keyIdsOf } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { type Declaration, declared, type Undeclared } from './declaration.ts';
import { diagnose } from './diagnose.ts';
import { idIn, nameIn, payloadIn, splitApart, UNNAMED } from './envelope.ts';
import { normalise } from './normalise.ts';
import type { Place } from './place.ts';
import type { GenericSettings } from './settings.ts';
import { hmacKeysOf, signaturesIn, verifyHmac } from './signature.ts';
import { givenIn, tokensFor, verifyToken } from './token.ts';

export interface GenericSourceOptions {
  readonly name: string;
  /** All are tried, while one is changed. */
  readonly secrets: readonly Secret[];
  readonly settings: GenericSettings;
}

interface Verifier {
  verify(request: SourceRequest): number | Refused;
  glance(headers: SourceRequest['headers']): Refused | null;
}

const UNBELIEVED = { kind: 'refused', cause: 'mismatch' } as const satisfies Refused;

/** Without parameters; the last one is none at all. */
const CONTENT_TYPES = [
  'application/json',
  'application/x-www-form-urlencoded',
  'application/octet-stream',
  'application/xml',
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
  'application/ld+json',
  'application/problem+json',
  'application/vnd.api+json',
  'text/json',
  'text/plain',
  'text/xml',
  '',
];

/** Any sender that proves itself by a signature, a token or a password, as tidings.yaml declares it. */
export function genericSource({ name, secrets, settings }: GenericSourceOptions): Source {
  const declaration = declared(settings);
  const { verify, glance } = verifierOf(declaration, secrets);
  const isDeclared = 'proof' in declaration;
  return {
    name,
    provider: 'generic',
    contentTypes: CONTENT_TYPES,
    onceHeaders: isDeclared ? onceHeaders(declaration) : [],
    storedHeaders: [
      'content-type',
      'user-agent',
      ...(isDeclared ? headersOf([declaration.id, declaration.event]) : []),
    ],
    maxBodyBytes: 5 * 1024 * 1024,
    bodies: isDeclared ? declaration.bodies : 'unique',
    ...(isDeclared ? challengeOf(declaration, name) : {}),
    glance,
    receive(request) {
      const secretNo = verify(request);
      if (typeof secretNo !== 'number') return secretNo;
      return 'proof' in declaration ? received(declaration, request, secretNo) : UNBELIEVED;
    },
    diagnose: (request, refused) => diagnose(declaration, secrets, request, refused),
    normalise: (event) => normalise(isDeclared ? declaration.event : null, event),
    payload: ({ body }) => payloadIn(body),
    keyIds: keyIdsOf(secrets),
  };
}

function verifierOf(declaration: Declaration | Undeclared, secrets: readonly Secret[]): Verifier {
  if (!('proof' in declaration)) {
    return { verify: () => UNBELIEVED, glance: () => null };
  }
  const { proof } = declaration;
  if (proof.scheme === 'hmac') {
    const keys = hmacKeysOf(secrets, proof.secretEncoding);
    return {
      verify: (request) => verifyHmac(proof, keys, request),
      glance: (headers) => refusal(signaturesIn(proof, headers)),
    };
  }
  const tokens = tokensFor(proof, secrets);
  return {
    verify: ({ headers }) => verifyToken(proof, tokens, headers),
    glance: (headers) => refusal(givenIn(proof, headers)),
  };
}

function refusal(found: string | readonly Buffer[] | Refused): Refused | null {
  return typeof found === 'object' && 'kind' in found ? found : null;
}

function received({ id, event, bodies, proof }: Declaration, request: SourceRequest, secretNo: number): Received {
  const { headers, body, now } = request;
  const payload = payloadIn(body);
  const sent = proof.scheme === 'hmac' ? headers[proof.signedHeaders.timestamp ?? ''] : undefined;
  const deliveryId = idIn(id, headers, body, payload, bodies === 'unique' ? '' : (sent ?? String(now)));
  const name = nameIn(event, headers, payload) ?? UNNAMED;
  return { kind: 'event', deliveryId, guid: deliveryId, type: splitApart(name, payload).type, secretNo };
}

function onceHeaders({ proof, id, event }: Declaration): readonly string[] {
  return [
    ...new Set([proof.header, ...headersOf([id, event, proof.scheme === 'hmac' ? (proof.time?.place ?? null) : null])]),
  ];
}

function headersOf(places: readonly (Place | null)[]): readonly string[] {
  return places.flatMap((place) => (place?.kind === 'header' ? [place.name] : []));
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1 */
function challengeOf({ proof: { scheme } }: Declaration, name: string): { readonly challenge?: string } {
  const realm = `realm="${name.replace(/[^\w -]/g, '')}"`;
  if (scheme === 'basic') return { challenge: `Basic ${realm}, charset="UTF-8"` };
  return scheme === 'bearer' ? { challenge: `Bearer ${realm}` } : {};
}
