import { createHash } from 'node:crypto';
import type { Scene } from '../../../model/plugin/samples.ts';

/** Shopify's objects, as JSON has them. */
export type Json = Readonly<Record<string, unknown>>;

const CUSTOMERS = [
  ['Mona', 'Lisa'],
  ['Lena', 'Krüger'],
  ['Hubert', 'Park'],
] as const;
export const PRODUCTS = [
  ['Ceramic mug', 18],
  ['Linen shirt', 49],
  ['Oak desk', 349],
] as const;

export function lineItem(scene: Scene, quantity: number): Json {
  const [title, amount] = PRODUCTS[scene.n % PRODUCTS.length] ?? PRODUCTS[0];
  return { id: number(scene, 'line'), title, name: title, quantity, price: price(amount), sku: `SKU-${scene.n}` };
}

export function base(scene: Scene, type: string): Json {
  const times = { created_at: at(scene, -60), updated_at: at(scene) };
  return { id: number(scene, type), admin_graphql_api_id: gid(scene, type), ...times };
}

export function gid(scene: Scene, type: string): string {
  return `gid://shopify/${type}/${number(scene, type)}`;
}

/** 13 digits, as ids of today's shops have. */
export function number({ n, now }: Scene, of: string): number {
  const digest = createHash('sha256').update(`${of} ${n} ${now}`).digest();
  return 5_000_000_000_000 + digest.readUIntBE(0, 5);
}

export function nameOf({ n }: Scene): readonly [string, string] {
  return CUSTOMERS[n % CUSTOMERS.length] ?? CUSTOMERS[0];
}

export function priceOf({ n }: Scene): number {
  return (PRODUCTS[n % PRODUCTS.length] ?? PRODUCTS[0])[1];
}

export function price(amount: number): string {
  return amount.toFixed(2);
}

export function moneySet(amount: string): Json {
  return { shop_money: { amount, currency_code: 'USD' }, presentment_money: { amount, currency_code: 'USD' } };
}

/** ISO 8601, `later` seconds after the scene. */
export function at({ now }: Scene, later = 0): string {
  return new Date(now + later * 1000).toISOString();
}
