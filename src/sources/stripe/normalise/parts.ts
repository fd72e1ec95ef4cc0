import { isObject, isTrue, numberOrNull, type Payload, read, textOrNull } from '../../../shared/payload.ts';
import { firstText } from '../../../telling/parts.ts';
import { type Money, moneyText } from '../../../text/money.ts';
import { capitalised, spaced } from '../../../text/words.ts';
import { money, moneyOf } from '../money.ts';

/** An amount beside the object's own currency, or one that names its own, as in the second version. */
export function moneyAt(object: unknown, field: string): Money | null {
  const amount = read(object, field);
  if (isObject(amount)) return monetary(isObject(amount['monetary']) ? amount['monetary'] : amount);
  return moneyOf(amount, read(object, 'currency'));
}

function monetary({ value, currency }: Payload): Money | null {
  return moneyOf(value, currency);
}

/** `$20.00` */
export function amountAt(object: unknown, field: string): string | null {
  return moneyText(moneyAt(object, field));
}

/**
 * Who pays, as the object names them: a name, else an address. Expanded customers say it themselves, and a deleted one says
 * nothing any more. Null: only ids are there.
 */
export function payerOf(object: unknown): string | null {
  const places = [
    'customer_name',
    'customer_details.name',
    'billing_details.name',
    'latest_charge.billing_details.name',
    'charge.billing_details.name',
    'charges.data.0.billing_details.name',
    'customer.name',
    'owner.name',
    'shipping.name',
    'customer_details.business_name',
    'customer_email',
    'customer_details.email',
    'billing_details.email',
    'latest_charge.billing_details.email',
    'charge.billing_details.email',
    'customer.email',
    'owner.email',
    'receipt_email',
    'customer.description',
    // On the card, of older versions: many wrote an address there.
    'source.name',
    'card.name',
  ];
  return firstText(object, places);
}

/** `Visa ending in 4242`; `SEPA debit` where no number is shown. */
export function methodOf(method: unknown): string | null {
  const type = textOrNull(method, 'type');
  // A card of older versions is a method by itself.
  const details = type === null || read(method, type) === undefined ? method : read(method, type);
  const brand = textOrNull(details, 'brand') ?? textOrNull(details, 'bank_name');
  const last4 = textOrNull(details, 'last4');
  const name = capitalised(brand === null ? methodName(type ?? '') : spaced(brand));
  if (name === '') return null;
  return last4 === null ? name : `${name} ending in ${last4}`;
}

const METHOD_NAMES: ReadonlyMap<string, string> = new Map([
  ['acss_debit', 'pre-authorized debit'],
  ['au_becs_debit', 'BECS debit'],
  ['bacs_debit', 'Bacs debit'],
  ['ideal', 'iDEAL'],
  ['paypal', 'PayPal'],
  ['sepa_debit', 'SEPA debit'],
  ['us_bank_account', 'US bank account'],
  ['wechat_pay', 'WeChat Pay'],
]);

function methodName(type: string): string {
  return METHOD_NAMES.get(type) ?? spaced(type);
}

/** `$10.00 a month`, `$99.00 every 3 months`, `$5.00`; null where tiers or the customer decide. */
export function rateOf(price: unknown, currency: unknown = read(price, 'currency')): string | null {
  const decimal = textOrNull(price, 'unit_amount_decimal') ?? textOrNull(price, 'amount_decimal');
  const unit = numberOrNull(price, 'unit_amount') ?? numberOrNull(price, 'amount');
  const amount = money(unit ?? (decimal === null ? null : Number(decimal)), currency);
  if (amount === null) return isTrue(price, 'custom_unit_amount.enabled') ? 'the customer decides' : null;
  const interval = textOrNull(price, 'recurring.interval') ?? textOrNull(price, 'interval');
  const count = numberOrNull(price, 'recurring.interval_count') ?? numberOrNull(price, 'interval_count') ?? 1;
  if (interval === null) return amount;
  return count === 1 ? `${amount} a ${spaced(interval)}` : `${amount} every ${count} ${spaced(interval)}s`;
}
