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
  ['approve', 'approved'],
  ['cancel', 'cancelled'],
  ['close', 'closed'],
  ['create', 'created'],
  ['deactivate', 'deactivated'],
  ['decline', 'declined'],
  ['delete', 'deleted'],
  ['disable', 'disabled'],
  ['enable', 'enabled'],
  ['finish', 'finished'],
  ['publish', 'published'],
  ['remove', 'removed'],
  ['reopen', 'reopened'],
  ['request', 'requested'],
  ['update', 'updated'],
]);

const NAMES = ['title', 'name', 'payment_terms_name', 'host', 'sku', 'email', 'email_address', 'message', 'handle'];

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
    // None of a payload's own links: some open what is not theirs who read it.
    url: null,
    facets: moneyFacets(amount),
    thread: null,
  };
}

/** `fulfillment_orders` → `fulfillment order` */
export function nounOf(type: string): string {
  const words = inWords(type).toLowerCase();
  return words.replace(/ies$/, 'y').replace(/(?<=[^su])s$/, '');
}

export function doneOf(action: string | null): string {
  return action === null ? '' : (DONE.get(action) ?? inWords(action).toLowerCase());
}
