import type { Hash } from '../../shared/hmac.ts';
import type { SignatureEncoding } from '../../shared/signature-text.ts';

/**
 * hmac    a digest of the body and a secret, in a header
 * token   the secret itself, in a header
 * bearer  the secret itself, as `Authorization: Bearer …`
 * basic   a user's name and password, as `Authorization: Basic …`
 */
export const SCHEMES = ['hmac', 'token', 'bearer', 'basic'] as const;
export const HASHES = ['sha256', 'sha512', 'sha1'] as const satisfies readonly Hash[];
export const ENCODINGS = ['hex', 'base64', 'base64url'] as const satisfies readonly SignatureEncoding[];
export const SECRET_ENCODINGS = ['text', 'base64', 'hex'] as const;
export const TIME_UNITS = ['s', 'ms', 'iso'] as const;
export const BODIES = ['unique', 'repeat'] as const;

/** As tidings.yaml has it. What is left out has the default of schema.ts. */
export interface GenericSettings {
  readonly scheme?: (typeof SCHEMES)[number] | undefined;
  readonly hash?: (typeof HASHES)[number] | undefined;
  readonly encoding?: (typeof ENCODINGS)[number] | undefined;
  readonly header?: string | undefined;
  readonly prefix?: string | undefined;
  readonly separator?: string | undefined;
  readonly secret_encoding?: (typeof SECRET_ENCODINGS)[number] | undefined;
  readonly signed?: string | undefined;
  /** A header, or a path into the body. */
  readonly timestamp?: string | undefined;
  readonly timestamp_unit?: (typeof TIME_UNITS)[number] | undefined;
  readonly tolerance_seconds?: number | undefined;
  /** Likewise. */
  readonly id?: string | undefined;
  readonly event?: string | undefined;
  readonly bodies?: (typeof BODIES)[number] | undefined;
}

export const DEFAULT_HEADER = { hmac: 'X-Signature', token: 'X-Webhook-Token' } as const;
export const DEFAULT_TOLERANCE_SECONDS = 300;

/** Of `basic`: whose password a secret without a colon is. */
export const BASIC_USER = 'tidings';
