import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** What is secret between a source and its sender. Either signs, as while one is replaced by the other. */
export interface Keys {
  /** Without it: the source's name. */
  readonly provider?: string;
  readonly secrets: readonly [string, string];
  /** Of the same shape, and not this source's. */
  readonly other: string;
}

export const KEYS = {
  github: keys(words('github')),
  stripe: keys(prefixed(words('stripe'))),
  slack: keys(words('slack')),
  twilio: keys(words('twilio')),
  square: keys(words('square')),
  shopify: keys(words('shopify')),
  linear: keys(words('linear')),
  gitlab: keys(inBase64('gitlab')),
  'standard-webhooks': keys(inBase64('standard')),
  svix: { provider: 'standard-webhooks', ...keys(inBase64('svix')) },
  'standard-asymmetric': {
    provider: 'standard-webhooks',
    ...keys((no) => `whpk_${publicHalf('asymmetric', no).toString('base64')}`),
  },
  discord: keys((no) => publicHalf('discord', no).toString('hex')),
} as const satisfies Readonly<Record<string, Keys>>;

export type SourceName = keyof typeof KEYS;

function keys(make: (no: number) => string): Pick<Keys, 'secrets' | 'other'> {
  return { secrets: [make(1), make(2)], other: make(3) };
}

function words(of: string) {
  return (no: number) => bytes(of, no).toString('hex');
}

function prefixed(make: (no: number) => string) {
  return (no: number) => `whsec_${make(no)}`;
}

function inBase64(of: string) {
  return (no: number) => `whsec_${bytes(of, no).toString('base64')}`;
}

/** Nobody's: equal for each run. */
function bytes(of: string, no: number): Buffer {
  return createHash('sha256').update(`peers ${of} ${no}`).digest();
}

/** The private half of the nth public key, for Ed25519. */
export function privateHalf(
  of: 'discord' | 'asymmetric',
  no: number,
): { readonly key: KeyObject; readonly hex: string } {
  const seed = bytes(of, no);
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return { key: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }), hex: seed.toString('hex') };
}

function publicHalf(of: 'discord' | 'asymmetric', no: number): Buffer {
  return createPublicKey(privateHalf(of, no).key).export({ format: 'der', type: 'spki' }).subarray(-32);
}
