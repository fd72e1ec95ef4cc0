import { read } from '../../../shared/payload.ts';
import type { ShopifyEvent } from './event.ts';
import { gidNumber, idOf, ownId } from './ids.ts';

/** Topic → where the admin shows what it is about. Their own links (`order_status_url`, checkouts) hold keys, and are never shown. */
const PAGES: ReadonlyMap<string, string> = new Map([
  ['checkouts', 'checkouts'],
  ['collections', 'collections'],
  ['customers', 'customers'],
  ['draft_orders', 'draft_orders'],
  ['locations', 'settings/locations'],
  ['orders', 'orders'],
  ['products', 'products'],
  ['themes', 'themes'],
]);

/** The newer Events name their topics in the singular. */
const NEWER: ReadonlyMap<string, string> = new Map([
  ['Collection', 'collections'],
  ['Customer', 'customers'],
  ['DraftOrder', 'draft_orders'],
  ['Order', 'orders'],
  ['Product', 'products'],
]);

/** `https://acme.myshopify.com/admin`. Null: nobody says which shop it is. */
export function adminOf({ shop }: ShopifyEvent): string | null {
  return shop === null ? null : `https://${shop}/admin`;
}

/** The page of what it is about, else of the order or product that it belongs to, else the shop's own. */
export function pageOf(event: ShopifyEvent): string | null {
  const admin = adminOf(event);
  if (admin === null) return null;
  const { type, object } = event;
  const newer = NEWER.get(type);
  const own = PAGES.get(type) ?? newer;
  const ownNumber = newer === undefined ? ownId(object) : (gidNumber(object, 'id') ?? ownId(object));
  // `orders/edited` is about an edit, and names the order.
  const isEdit = type === 'orders' && read(object, 'order_id') !== undefined;
  if (own !== undefined && ownNumber !== null && !isEdit) return `${admin}/${own}/${ownNumber}`;
  const order = idOf(object, 'order') ?? idOf(object, 'origin_order');
  if (order !== null) return `${admin}/orders/${order}`;
  const product = idOf(object, 'product');
  if (product === null) return admin;
  const variant = type === 'variants' ? ownId(object) : null;
  return variant === null ? `${admin}/products/${product}` : `${admin}/products/${product}/variants/${variant}`;
}
