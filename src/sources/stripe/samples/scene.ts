import { createHash } from 'node:crypto';
import type { Scene } from '../../../model/plugin/samples.ts';

/** Stripe's objects, as JSON has them. */
export type Json = Readonly<Record<string, unknown>>;

/** `pi_3Q…`: looks like Stripe's, and is the same for the same prefix, scene and `of`. */
export function id({ n, now }: Scene, prefix: string, of = ''): string {
  const digest = createHash('sha256').update(`${prefix} ${n} ${now} ${of}`).digest('base64');
  return `${prefix}_${digest.replace(/[^a-zA-Z0-9]/g, '').slice(0, 24)}`;
}

/** Seconds since 1970, `later` after the scene. */
export function at({ now }: Scene, later = 0): number {
  return Math.floor(now / 1000) + later;
}

export const DAY = 86_400;

/** Nobody pays for a sample: it is told as a test. */
export const LIVE = false;

interface Customer {
  readonly name: string;
  readonly email: string;
  readonly last4: string;
  readonly brand: string;
}

const CUSTOMERS: readonly Customer[] = [
  { name: 'Mona Lisa', email: 'mona@example.com', last4: '4242', brand: 'visa' },
  { name: 'Lena Krüger', email: 'lena@example.com', last4: '4444', brand: 'mastercard' },
  { name: 'Hubert Park', email: 'hubert@example.com', last4: '0005', brand: 'amex' },
  { name: 'Acme Bakery', email: 'orders@example.com', last4: '1117', brand: 'discover' },
];

/** In cents, beside their plan's name. */
const PRICES = [
  { name: 'Starter', amount: 900 },
  { name: 'Team', amount: 4_900 },
  { name: 'Business', amount: 24_900 },
] as const;

export function customer({ n }: Scene): Customer {
  return CUSTOMERS[n % CUSTOMERS.length] as Customer;
}

export function price({ n }: Scene): (typeof PRICES)[number] {
  return PRICES[n % PRICES.length] as (typeof PRICES)[number];
}
