import type { Headers } from '../../model/headers.ts';
import type { Refused, SourceRequest } from '../../model/source.ts';
import { type Keys, keysOf, matching, type Signer, secretFault } from '../../shared/hmac.ts';
import { isNestedTooDeep } from '../../shared/nesting.ts';
import type { Secret } from '../../shared/secret.ts';
import { parseSignature } from './verify.ts';

/** Bodies above this are not tried in other spellings: one costs about as much as verifying a megabyte ten times. */
const EXPLAIN_LIMIT = 1024 * 1024;

const SIGNER: Signer = {
  title: 'GitHub',
  variable: 'GITHUB_WEBHOOK_SECRET',
  where: 'at GitHub under Settings → Webhooks → Edit → Secret',
};

/**
 * The likely cause of a refusal, and what to do, for the operator's log. Repeats nothing of the body or the secrets.
 * Costs up to a few dozen milliseconds for a body of 1 MiB: call it only when the sentence will be shown. Never throws.
 */
export function diagnose(
  secrets: readonly Secret[],
  { headers, body }: Pick<SourceRequest, 'headers' | 'body'>,
  { cause }: Refused,
): string {
  if (cause === 'mismatch') return mismatch(secrets, headers, body);
  if (cause === 'unsigned') return unsigned(headers);
  return 'X-Hub-Signature-256 is not "sha256=" and 64 hex digits: it was cut, doubled or rewritten on the way, or the sender is not GitHub.';
}

function unsigned(headers: Headers): string {
  if (headers['x-hub-signature'] === undefined) {
    return `The request is not signed: no secret is set for this webhook. Set the same one ${SIGNER.where}.`;
  }
  return 'Only the old SHA-1 signature came, which is not accepted: a proxy dropped X-Hub-Signature-256, or the sender is not GitHub.';
}

/** From the certain to the likely: only what verifies under another reading is called certain. */
function mismatch(secrets: readonly Secret[], headers: Headers, body: Buffer): string {
  const signature = parseSignature(headers['x-hub-signature-256'] ?? '');
  const isTooLarge = body.length > EXPLAIN_LIMIT;
  const fault = secretFault(secrets, SIGNER, (bare) =>
    signature === null || isTooLarge ? null : matching(keysOf(bare), [signature], body),
  );
  if (fault !== null) return fault;
  if (signature === null) return 'The signature does not match.';
  if (isTooLarge) {
    return `The signature does not match: the secret differs from the one ${SIGNER.where}, or the body was altered on the way.`;
  }
  return altered(keysOf(secrets), signature, headers, body);
}

function altered(keys: Keys, signature: Buffer, headers: Headers, body: Buffer): string {
  const text = body.toString('utf8');
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  const json = isForm ? new URLSearchParams(text).get('payload') : text.trim();
  const parsed = json === null ? undefined : parse(json);
  for (const [spelling, cause] of spellings(text, json, parsed)) {
    if (spelling !== text && matching(keys, [signature], spelling) !== null) return cause;
  }
  if (parsed === undefined) {
    return 'The signature does not match and the body is not whole JSON: it was cut short or altered on the way, or the sender is not GitHub.';
  }
  return `The signature does not match: the secret differs from the one ${SIGNER.where} (the likeliest), or the body was altered on the way.`;
}

const RESERIALISED =
  'The secret is right, but the body was altered on the way: a forwarder re-serialised the JSON (smee does). Use a tunnel that passes the bytes through.';
const RESPACED =
  'The secret is right, but the body was altered on the way: a proxy changed white space or line ends around the JSON. Let it pass the bytes through.';
const REWRAPPED =
  'The secret is right, but the body was altered on the way: it was changed between JSON and a form. Let the bytes through, or choose application/json at GitHub.';

/** What GitHub may have signed before somebody changed it: GitHub sends minified JSON, and some escapes in upper case. */
function* spellings(text: string, json: string | null, parsed: unknown): Generator<readonly [string, string]> {
  const withoutMark = text.startsWith('\ufeff') ? text.slice(1) : text;
  yield [withoutMark.trim(), RESPACED];
  yield [withoutMark.trimEnd(), RESPACED];
  yield [withoutMark.replaceAll('\r\n', '\n'), RESPACED];
  yield [`${withoutMark}\n`, RESPACED];
  if (json !== null && json !== text.trim()) yield [json, REWRAPPED];
  if (parsed === undefined) return;
  const minified = JSON.stringify(parsed);
  yield [minified, RESERIALISED];
  yield [`${minified}\n`, RESERIALISED];
  yield [upperCaseEscapes(minified), RESERIALISED];
  yield [escapeMarkup(minified), RESERIALISED];
  yield [asciiOnly(minified), RESERIALISED];
  yield [JSON.stringify(parsed, null, 2), RESERIALISED];
  yield [`payload=${encodeURIComponent(minified)}`, REWRAPPED];
  yield [new URLSearchParams({ payload: minified }).toString(), REWRAPPED];
}

/** `\u001b` → `\u001B`, as octokit found GitHub to write it. */
function upperCaseEscapes(json: string): string {
  return json.replace(/(?<!\\)(?:\\\\)*\\u[0-9a-f]{4}/g, (found) => found.slice(0, -4) + found.slice(-4).toUpperCase());
}

/** What JSON.parse and JSON.stringify lose: `<`, `>` and `&` as Rails writes them. */
function escapeMarkup(json: string): string {
  return json.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026');
}

function asciiOnly(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Undefined: no JSON that GitHub would send. */
function parse(json: string): unknown {
  try {
    const parsed: unknown = JSON.parse(json);
    return isNestedTooDeep(parsed) ? undefined : parsed;
  } catch {
    return undefined;
  }
}
