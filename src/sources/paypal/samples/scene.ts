import { createHash } from 'node:crypto';
import type { Scene } from '../../../model/plugin/samples.ts';

/** PayPal's objects, as JSON has them. */
export type Json = Readonly<Record<string, unknown>>;

/** Seconds. */
export const day = 86_400;

/** `5VK462069F664902F`: looks like PayPal's, and is the same for the same name and scene. */
export function id({ n, now }: Scene, of: string): string {
  const digest = createHash('sha256').update(`${of} ${n} ${now}`).digest('base64');
  return digest
    .replace(/[^a-zA-Z0-9]/g, '')
    .toUpperCase()
    .slice(0, 17);
}

/** `2026-01-01T00:00:00.000Z`, `later` seconds after the scene. */
export function iso({ now }: Scene, later = 0): string {
  return new Date(now + later * 1000).toISOString();
}

/** Of cents. */
export function usd(cents: number): Json {
  return { currency_code: 'USD', value: (cents / 100).toFixed(2) };
}

const PAYERS = [
  ['Mona', 'Lisa'],
  ['Lena', 'Krüger'],
  ['Hubert', 'Park'],
] as const;

interface Payer {
  readonly name: { readonly given_name: string; readonly surname: string };
  readonly email_address: string;
}

export function payer({ n }: Scene): Payer {
  const [given_name, surname] = PAYERS[n % PAYERS.length] as (typeof PAYERS)[number];
  return { name: { given_name, surname }, email_address: `${given_name.toLowerCase()}@example.com` };
}
