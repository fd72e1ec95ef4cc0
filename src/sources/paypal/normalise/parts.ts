import { isObject, list, read, textOrNull } from '../../../shared/payload.ts';
import { firstText, numberAt, worded } from '../../../telling/parts.ts';
import { type Money, majorMoney } from '../../../text/money.ts';

/** `{ value, currency_code }` of the second version, `{ total, currency }` and `{ value, currency }` of the first. */
export function moneyAt(object: unknown, field: string, currency: unknown = null): Money | null {
  return moneyOf(read(object, field), currency);
}

export function moneyOf(amount: unknown, currency: unknown = null): Money | null {
  if (!isObject(amount)) return null;
  const { value = amount['total'], currency_code: code = amount['currency'] ?? currency } = amount;
  return majorMoney(value, code);
}

/** What goes back is negative in the first version. */
export function absolute(money: Money | null): Money | null {
  return money === null ? null : { ...money, amount: Math.abs(money.amount) };
}

/** All of a list together; null where one of them says none, or in another currency. */
export function sumOf(all: readonly (Money | null)[]): Money | null {
  const [first, ...others] = all;
  if (first === undefined || first === null) return null;
  if (!others.every((each) => each?.currency === first.currency)) return null;
  const amount = others.reduce((sum, each) => sum + (each?.amount ?? 0), first.amount);
  return { amount: Number(amount.toFixed(4)), currency: first.currency };
}

/** Who pays, as the resource names them: a name, else an address. Null: only ids are there. */
export function payerOf(resource: unknown): string | null {
  const people = [
    read(resource, 'payer'),
    read(resource, 'payer.payer_info'),
    read(resource, 'subscriber'),
    read(resource, 'payment_source.paypal'),
    read(resource, 'payment_source.venmo'),
    read(resource, 'payment_source.card'),
  ];
  for (const each of people) {
    const name = nameOf(each);
    if (name !== null) return name;
  }
  for (const each of people) {
    const address = firstText(each, ['email_address', 'email']);
    if (address !== null) return address;
  }
  return null;
}

/** `{ name: { given_name, surname } }`, `{ first_name, last_name }`, `{ name: "Mona Lisa" }` */
export function nameOf(person: unknown): string | null {
  const full = firstText(person, ['name.full_name', 'name', 'full_name', 'business_name']);
  if (full !== null) return full;
  const given = textOrNull(person, 'name.given_name') ?? textOrNull(person, 'first_name');
  const family = textOrNull(person, 'name.surname') ?? textOrNull(person, 'last_name');
  return (
    [given, family]
      .filter((part) => part !== null)
      .join(' ')
      .trim() || null
  );
}

/** What PayPal's names for reasons mean to who reads them; all others are told by their own words. */
const REASONS: ReadonlyMap<string, string | null> = new Map([
  ['BUYER_COMPLAINT', 'the buyer complained'],
  ['DECLINED_BY_RISK_FRAUD_FILTERS', 'fraud filters declined it'],
  ['ECHECK', 'the eCheck has not cleared'],
  ['NON_RECEIPT', 'not received'],
  ['OTHER', null],
  ['PAYMENT_REVIEW', 'PayPal reviews it'],
  ['PENDING_REVIEW', 'PayPal reviews it'],
  ['RECEIVING_PREFERENCE_MANDATES_MANUAL_ACTION', 'it has to be accepted by hand'],
  ['RISK', 'it looked risky'],
  ['TRANSACTION_APPROVED_AWAITING_FUNDING', 'the money is on its way'],
  ['UNAUTHORISED', 'not authorized by the payer'],
  ['UNILATERAL', 'no account has this address'],
  ['VERIFICATION_REQUIRED', 'the account has to be verified'],
]);

/** The first of these fields, in words. */
export function reasonAt(object: unknown, paths: readonly string[]): string | null {
  const code = firstText(object, paths);
  if (code === null) return null;
  const known = REASONS.get(code);
  return known === undefined ? worded(code) : known;
}

/** The id at the end of a link: of the capture that a refund is of. */
export function linkedId(resource: unknown, path: string): string | null {
  for (const link of list(resource, 'links')) {
    const [, id] = (textOrNull(link, 'href') ?? '').split(path);
    if (id !== undefined && /^[A-Za-z0-9-]{3,60}$/.test(id)) return id;
  }
  return null;
}

const MOST_COUNTED = 1_000_000;

/** How many of something there are. Null: nobody says, or it cannot be. */
export function countAt(object: unknown, path: string): number | null {
  const count = numberAt(object, path);
  return count !== null && Number.isInteger(count) && count > 0 && count <= MOST_COUNTED ? count : null;
}

/** In the case that rules are written in. */
export function conclusionAt(object: unknown, paths: readonly string[]): string | null {
  return firstText(object, paths)?.toLowerCase() ?? null;
}
