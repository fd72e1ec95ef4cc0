import type { Written } from '../../model/plugin/plugin.ts';
import type { Hash } from '../../shared/hmac.ts';
import type { SignatureEncoding } from '../../shared/signature-text.ts';
import { faultsOf, faultWords, ownHeader } from './faults.ts';
import { type Place, placeOf } from './place.ts';
import {
  BODIES,
  DEFAULT_TOLERANCE_SECONDS,
  ENCODINGS,
  type GenericSettings,
  HASHES,
  SCHEMES,
  SECRET_ENCODINGS,
  TIME_UNITS,
} from './settings.ts';
import { signs, type TemplatePart, templateParts } from './template.ts';

export interface SignedTime {
  readonly place: Place;
  readonly unit: (typeof TIME_UNITS)[number];
  readonly toleranceSeconds: number;
}

export interface HmacProof {
  readonly scheme: 'hmac';
  /** Lower case. */
  readonly header: string;
  readonly hash: Hash;
  readonly encoding: SignatureEncoding;
  readonly prefix: string;
  /** Null: the header is one signature. */
  readonly separator: string | null;
  readonly secretEncoding: (typeof SECRET_ENCODINGS)[number];
  readonly template: readonly TemplatePart[];
  /** Which headers, in lower case, the template signs. */
  readonly signedHeaders: { readonly id?: string; readonly timestamp?: string };
  readonly time: SignedTime | null;
}

export interface TokenProof {
  readonly scheme: 'token' | 'bearer' | 'basic';
  readonly header: string;
  readonly prefix: string;
}

export type Proof = HmacProof | TokenProof;

/** A sender as tidings.yaml declares it. */
export interface Declaration {
  readonly proof: Proof;
  readonly id: Place | null;
  readonly event: Place | null;
  readonly bodies: (typeof BODIES)[number];
}

/** What makes no sense, in words: nothing is believed then. */
export interface Undeclared {
  readonly problem: string;
}

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  scheme: SCHEMES,
  hash: HASHES,
  encoding: ENCODINGS,
  secret_encoding: SECRET_ENCODINGS,
  timestamp_unit: TIME_UNITS,
  bodies: BODIES,
};

const PLACES = new Set(['id', 'event', 'timestamp']);

/** What tidings.yaml says was checked; a filed request may say anything. */
export function declared(settings: GenericSettings): Declaration | Undeclared {
  const given: Written = { ...settings };
  const wrong = Object.entries(given).find(([key, value]) => value !== undefined && !isOfItsKind(key, value));
  if (wrong !== undefined) return { problem: `${wrong[0]} has a value that it cannot have.` };
  const [fault] = faultsOf(given);
  if (fault !== undefined) return { problem: faultWords(fault) };
  const { id, event, bodies = 'unique' } = settings;
  return { proof: proofOf(settings), id: placeIn(id), event: placeIn(event), bodies };
}

function isOfItsKind(key: string, value: unknown): boolean {
  if (key === 'tolerance_seconds') return typeof value === 'number' && Number.isFinite(value);
  if (typeof value !== 'string') return false;
  return ALLOWED[key]?.includes(value) ?? (!PLACES.has(key) || placeOf(value.trim()) !== null);
}

function proofOf(settings: GenericSettings): Proof {
  const { scheme = 'hmac', prefix = '' } = settings;
  const header = ownHeader({ ...settings }, scheme);
  if (scheme !== 'hmac') return { scheme, header, prefix };
  return {
    scheme,
    header,
    prefix,
    hash: settings.hash ?? 'sha256',
    encoding: settings.encoding ?? 'hex',
    separator: settings.separator ?? null,
    secretEncoding: settings.secret_encoding ?? 'text',
    template: templateParts(settings.signed ?? '{body}'),
    signedHeaders: signedHeadersOf(settings),
    time: timeOf(settings),
  };
}

function timeOf({
  timestamp,
  timestamp_unit: unit = 's',
  tolerance_seconds: tolerance,
}: GenericSettings): SignedTime | null {
  const place = placeIn(timestamp);
  return place && { place, unit, toleranceSeconds: tolerance ?? DEFAULT_TOLERANCE_SECONDS };
}

function signedHeadersOf({ signed: template = '', id, timestamp }: GenericSettings): HmacProof['signedHeaders'] {
  return {
    ...(id !== undefined && signs(template, 'id') && { id: id.trim().toLowerCase() }),
    ...(timestamp !== undefined && signs(template, 'timestamp') && { timestamp: timestamp.trim().toLowerCase() }),
  };
}

function placeIn(text: string | undefined): Place | null {
  return text === undefined ? null : placeOf(text.trim());
}
