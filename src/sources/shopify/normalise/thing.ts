import { generic, inWords, toneOf } from '../../../telling/generic.ts';
import { firstText, moneyFacets } from '../../../telling/parts.ts';
import type { Told } from '../../../telling/told.ts';
import { moneyText } from '../../../text/money.ts';
import { capitalised } from '../../../text/words.ts';
import type { ShopifyEvent } from './event.ts';
import { moneyAt, nameIn } from './parts.ts';

/** Topics end in what is done. */
const DONE: ReadonlyMap<string, string> = new Map([
  ['activate', 'activated'],
  ['add', 'added'],
  ['add_items', 'items added'],
  ['approve', 'approved'],
  ['assign', 'assigned'],
  ['attach_deliverable', 'got its shipping label'],
  ['cancel', 'cancelled'],
  ['close', 'closed'],
  ['complete', 'completed'],
  ['connect', 'connected'],
  ['create', 'created'],
  ['deactivate', 'deactivated'],
  ['decline', 'declined'],
  ['delete', 'deleted'],
  ['destroy', 'deleted'],
  ['disable', 'disabled'],
  ['disconnect', 'disconnected'],
  ['dispose', 'settled'],
  ['enable', 'enabled'],
  ['finish', 'finished'],
  ['full_sync', 'synced in full'],
  ['full_sync_finish', 'synced in full'],
  ['grant', 'granted'],
  ['incremental_sync', 'synced'],
  ['mark_in_transit', 'on its way'],
  ['merge', 'merged'],
  ['publish', 'published'],
  ['receive_items', 'items received'],
  ['redeemcode_added', 'code added'],
  ['redeemcode_removed', 'code removed'],
  ['remove', 'removed'],
  ['remove_items', 'items removed'],
  ['reopen', 'reopened'],
  ['request', 'requested'],
  ['revoke', 'revoked'],
  ['skip', 'skipped'],
  ['unskip', 'no longer skipped'],
  ['update', 'updated'],
  ['update_item_quantities', 'quantities updated'],
  ['update_tracking', 'tracking updated'],
]);

const NAMES = [
  'company_contact_role.name',
  'title',
  'name',
  'display_name',
  'payment_terms_name',
  'payment_instrument.name',
  'host',
  'sku',
  'email',
  'email_address',
  'message',
  'handle',
  'locale',
  'country_code',
];
const WHOSE = ['company.name', 'company_contact.company.name', 'company_location.company.name'];
const INITIALS = /\b(?:api|kyc)\b/g;

/** Whatever has no words of its own: what, and what was done to it. */
export function thing(event: ShopifyEvent): Told {
  const { type, action, object } = event;
  const noun = nounOf(type);
  const amount = moneyAt(object, 'amount') ?? moneyAt(object, 'total_price');
  const title = firstText(object, NAMES) ?? nameIn(object) ?? moneyText(amount);
  const told = generic({ name: `${type}.${action ?? ''}`, action, payload: object, noun, amounts: 'major' });
  return {
    ...told,
    headline: `${capitalised(noun)} ${doneOf(action)}`.trim(),
    tone: action === 'create' ? 'opened' : toneOf(action ?? type),
    handle: null,
    title: title ?? '',
    facts: [firstText(object, WHOSE), ...(told.facts ?? [])],
    // None of a payload's own links: some open what is not theirs who read it.
    url: null,
    facets: moneyFacets(amount),
    thread: null,
  };
}

/** `fulfillment_orders` → `fulfillment order` */
export function nounOf(type: string): string {
  const words = inWords(type).toLowerCase();
  const one = words.replace(/ies$/, 'y').replace(/(?<=[^su])(?<!setting)s$/, '');
  return one.replace(INITIALS, (letters) => letters.toUpperCase());
}

export function doneOf(action: string | null): string {
  return action === null ? '' : (DONE.get(action) ?? inWords(action).toLowerCase());
}
