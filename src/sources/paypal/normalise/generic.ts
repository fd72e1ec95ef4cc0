import { generic } from '../../../telling/generic.ts';
import type { Told } from '../../../telling/told.ts';
import type { PaypalEvent } from './event.ts';

/** Which part of PayPal an event is of says nothing to who reads it. */
const AREA =
  /^(?:BILLING|CATALOG|CUSTOMER\.MERCHANT-INTEGRATION|CUSTOMER|IDENTITY|INVOICING|PAYMENT-NETWORKS)\.(?=[^.]+(?:\.|-))/;

/** By its name: what has no words of its own, or an action that nobody knows yet. PayPal's summary says no more, and rounds amounts. */
export function told({ name, action, resource }: PaypalEvent): Told {
  const spelt = name
    .replace('INPROGRESS', 'IN-PROGRESS')
    .replace(AREA, '')
    .replace(/^TAXES\b/, 'TAX');
  // Nobody calls anything by PayPal's ids.
  return { ...generic({ name: spelt, action, payload: { resource }, amounts: 'major' }), handle: null };
}
