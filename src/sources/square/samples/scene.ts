import { createHash } from 'node:crypto';
import type { Scene } from '../../../model/plugin/samples.ts';

/** Square's objects, as JSON has them. */
export type Json = Readonly<Record<string, unknown>>;

export const MERCHANT = '6SSW7HV8K2ST5';

const DAY = 86_400;

/** `KkAkhdMsgzn59SM8A89WgKwe`: looks like Square's, and is the same for the same prefix and scene. */
export function id({ n, now }: Scene, of: string): string {
  const digest = createHash('sha256').update(`${of} ${n} ${now}`).digest('base64');
  return digest.replace(/[^a-zA-Z0-9]/g, '').slice(0, 24);
}

export function uuid({ n, now }: Scene, of: string): string {
  const hex = createHash('sha256').update(`${of} ${n} ${now}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/** `2026-01-01T00:00:00.000Z`, `later` seconds after the scene. */
export function iso({ now }: Scene, later = 0): string {
  return new Date(now + later * 1000).toISOString();
}

/** `2026-01-15` */
export function day(scene: Scene, days: number): string {
  return iso(scene, days * DAY).slice(0, 10);
}

export function money(amount: number): Json {
  return { amount, currency: 'USD' };
}

interface Customer {
  readonly given: string;
  readonly family: string;
  readonly email: string;
  readonly brand: string;
  readonly last4: string;
}

const CUSTOMERS: readonly Customer[] = [
  { given: 'Mona', family: 'Lisa', email: 'mona@example.com', brand: 'VISA', last4: '4242' },
  { given: 'Lena', family: 'Krüger', email: 'lena@example.com', brand: 'MASTERCARD', last4: '4444' },
  { given: 'Hubert', family: 'Park', email: 'hubert@example.com', brand: 'AMERICAN_EXPRESS', last4: '0005' },
];

export function customer({ n }: Scene): Customer {
  return CUSTOMERS[n % CUSTOMERS.length] as Customer;
}
