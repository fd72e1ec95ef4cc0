import type { Refused, SourceRequest } from '../../model/source.ts';
import { DIGEST_BYTES, type Signer, secretFault } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { type SignatureEncoding, signatureBytes } from '../../shared/signature-text.ts';
import { staleWords } from '../../shared/signed-time.ts';
import type { Declaration, HmacProof, TokenProof, Undeclared } from './declaration.ts';
import { BASIC_USER, ENCODINGS } from './settings.ts';
import { bytesIn, hmacKeysOf, matchingHmac, secondsOf, signaturesIn } from './signature.ts';
import { tokensFor, verifyToken } from './token.ts';

/** Bodies above this are not tried in other spellings. */
const EXPLAIN_LIMIT = 1024 * 1024;

const SIGNER: Signer = { title: 'the sender', variable: 'GENERIC_WEBHOOK_SECRET', where: 'that the sender has' };

/** The likely cause of a refusal, and what to do, for the operator's log. Repeats nothing of the body or the secrets. Never throws. */
export function diagnose(
  declaration: Declaration | Undeclared,
  secrets: readonly Secret[],
  request: SourceRequest,
  { cause }: Refused,
): string {
  if ('problem' in declaration)
    return `Nothing is believed, because what is declared makes no sense: ${declaration.problem}`;
  const { proof } = declaration;
  if (proof.scheme !== 'hmac') return ofToken(proof, secrets, request, cause);
  switch (cause) {
    case 'unsigned':
      return `There is no ${shown(proof.header)}: the sender signs in another header, or not at all, or a proxy dropped it.`;
    case 'malformed_signature':
      return malformed(proof, request);
    case 'stale':
      return stale(proof, request);
    case 'mismatch':
      return mismatch(proof, secrets, request);
  }
}

function malformed(
  { header, prefix, encoding, hash, separator, time, signedHeaders }: HmacProof,
  { headers }: SourceRequest,
): string {
  const missing = Object.entries(signedHeaders).find(([, name]) => (headers[name] ?? '') === '');
  if (missing !== undefined) return `There is no ${shown(missing[1])}, where the ${missing[0]} is that is signed.`;
  const length = encodedLength(encoding, DIGEST_BYTES[hash]);
  const wanted = `${prefix === '' ? '' : `"${prefix}" and `}${length} characters of ${encoding === 'hex' ? 'lower-case hex' : encoding}`;
  const value = headers[header] ?? '';
  const bare = value.startsWith(prefix) ? value.slice(prefix.length) : value;
  const other = ENCODINGS.find((each) => each !== encoding && signatureBytes(bare, each, DIGEST_BYTES[hash]) !== null);
  const hint = hintOf(prefix !== '' && !value.includes(prefix), other, time !== null);
  return `${shown(header)} is not ${wanted}${separator === null ? '' : `, several separated by "${separator}"`}${hint}`;
}

function hintOf(lacksPrefix: boolean, other: SignatureEncoding | undefined, isTimed: boolean): string {
  if (lacksPrefix) return ': it does not begin with that prefix.';
  if (other !== undefined) return `: it looks like encoding: ${other}.`;
  return isTimed
    ? ', or the time is not in the unit that is declared.'
    : ': it was cut or rewritten on the way, or hash, encoding or prefix differ from the sender’s.';
}

function encodedLength(encoding: SignatureEncoding, bytes: number): number {
  return Buffer.alloc(bytes).toString(encoding).length;
}

function stale({ time }: HmacProof, request: SourceRequest): string {
  if (time === null) return 'It is too old.';
  return staleWords('The sender', secondsOf(time, request) ?? 0, request.now, time.toleranceSeconds);
}

function mismatch(proof: HmacProof, secrets: readonly Secret[], request: SourceRequest): string {
  const { secretEncoding } = proof;
  const set = secrets.map((secret) => secret.reveal()).filter((secret) => secret !== '');
  if (
    secretEncoding !== 'text' &&
    set.length > 0 &&
    set.every((secret) => bytesIn(secret, secretEncoding).length === 0)
  )
    return `The secret is no ${secretEncoding}: write it as the sender shows it, or take secret_encoding out.`;
  const found = signaturesIn(proof, request.headers);
  const isTried = !('kind' in found) && request.body.length <= EXPLAIN_LIMIT;
  const match = (of: HmacProof, bare = secrets) =>
    isTried ? matchingHmac(of, hmacKeysOf(bare, of.secretEncoding), found, request) : null;
  const fault = secretFault(secrets, SIGNER, (bare) => match(proof, bare));
  if (fault !== null) return fault;
  const other = (['text', 'base64', 'hex'] as const).find(
    (each) => each !== secretEncoding && match({ ...proof, secretEncoding: each }) !== null,
  );
  if (other !== undefined) return `The secret is right as ${other}: write secret_encoding: ${other}.`;
  const hasUrl = proof.template.some((part) => 'placeholder' in part && part.placeholder === 'url');
  const url = hasUrl ? ', the address differs from the one that the sender calls (set PUBLIC_URL to that)' : '';
  return `The signature does not match: the secret, the hash or the template differs from the sender’s${url}, or the body was altered on the way.`;
}

function ofToken(
  proof: TokenProof,
  secrets: readonly Secret[],
  { headers }: SourceRequest,
  cause: Refused['cause'],
): string {
  const header = shown(proof.header);
  if (cause === 'unsigned')
    return proof.scheme === 'token'
      ? `There is no ${header}: the sender has its token in another header, or none, or a proxy dropped it.`
      : `There is no Authorization: ${shown(proof.scheme)}: the sender has no credentials, or a proxy took them away.`;
  if (cause === 'malformed_signature')
    return proof.scheme === 'basic'
      ? 'Authorization: Basic is not user:password in UTF-8 and base64.'
      : `${header} does not hold ${proof.prefix === '' ? 'one token' : `"${proof.prefix}" and a token`}.`;
  const fault = secretFault(secrets, SIGNER, (bare) => {
    const secretNo = verifyToken(proof, tokensFor(proof, bare), headers);
    return typeof secretNo === 'number' ? secretNo : null;
  });
  const what =
    proof.scheme === 'basic'
      ? `user and password (a secret without a colon is the password of ${BASIC_USER})`
      : 'token';
  return fault ?? `Another ${what} is configured here than the sender sends.`;
}

/** As people write header names. */
function shown(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
}
