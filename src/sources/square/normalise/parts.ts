import { list, read, textOrNull } from '../../../shared/payload.ts';
import { firstText } from '../../../telling/parts.ts';
import { type Money, minorMoney } from '../../../text/money.ts';
import { capitalised, spaced } from '../../../text/words.ts';

/** `{ amount: 100, currency: "USD" }`, in the currency's smallest unit; payouts say `currency_code`. */
export function moneyAt(object: unknown, field: string): Money | null {
  const money = read(object, field);
  return minorMoney(read(money, 'amount'), read(money, 'currency') ?? read(money, 'currency_code'));
}

/** All of a list together; null where one of them says none, or in another currency. */
export function sumOf(all: readonly unknown[], field: string): Money | null {
  const [first, ...others] = all.map((each) => moneyAt(each, field));
  if (first === undefined || first === null) return null;
  if (!others.every((each) => each?.currency === first.currency)) return null;
  // Of numbers with decimals a sum may end in …0001.
  const amount = others.reduce((sum, each) => sum + (each?.amount ?? 0), first.amount);
  return { amount: Number(amount.toFixed(4)), currency: first.currency };
}

/** `Amelia Earhart`, else the company, else the address. Null: only ids are there. */
export function personOf(object: unknown): string | null {
  const names = [textOrNull(object, 'given_name'), textOrNull(object, 'family_name')];
  const name = names
    .filter((part) => part !== null)
    .join(' ')
    .trim();
  if (name !== '') return name;
  return firstText(object, ['company_name', 'nickname', 'email_address', 'phone_number']);
}

/** `Visa ending in 1111`. Null: neither is said. */
export function cardOf(card: unknown): string | null {
  const brand = textOrNull(card, 'card_brand');
  const last4 = textOrNull(card, 'last_4');
  if (brand === null || brand === 'OTHER_BRAND') return last4 === null ? null : `card ending in ${last4}`;
  const name = BRANDS.get(brand) ?? capitalised(spaced(brand).toLowerCase());
  return last4 === null ? name : `${name} ending in ${last4}`;
}

const BRANDS: ReadonlyMap<string, string> = new Map([
  ['JCB', 'JCB'],
  ['CHINA_UNIONPAY', 'UnionPay'],
  ['DISCOVER_DINERS', 'Diners Club'],
  ['SQUARE_GIFT_CARD', 'Square gift card'],
  ['SQUARE_CAPITAL_CARD', 'Square Capital card'],
  ['AMERICAN_EXPRESS', 'American Express'],
]);

/** What Square's codes mean to who reads them. https://developer.squareup.com/reference/square/enums/ErrorCode */
const CODES: ReadonlyMap<string, string> = new Map([
  ['CARD_DECLINED', 'card declined'],
  ['CARD_DECLINED_CALL_ISSUER', 'card declined: the customer should call the bank'],
  ['CARD_DECLINED_VERIFICATION_REQUIRED', 'the customer has to confirm it'],
  ['CVV_FAILURE', 'wrong security code'],
  ['GENERIC_DECLINE', 'declined by the bank'],
  ['PAN_FAILURE', 'wrong card number'],
  ['TRANSACTION_LIMIT', 'over the card’s limit'],
  ['VOICE_FAILURE', 'declined: the bank wants a call'],
]);

/** Why it failed, in Square's words; where it has none, in those of its code. */
export function errorOf(object: unknown): string | null {
  for (const path of [
    'card_details.errors',
    'bank_account_details.errors',
    'digital_wallet_details.errors',
    'errors',
  ]) {
    const [error] = list(object, path);
    const detail = firstText(error, ['detail']);
    const code = textOrNull(error, 'code');
    if (code !== null && CODES.has(code)) return CODES.get(code) ?? null;
    // Some details name nothing but the code: `Authorization error: 'PAN_FAILURE'`.
    if (detail !== null && (code === null || !detail.includes(code))) return detail.replace(/\.$/, '');
    if (code !== null) return spaced(code).toLowerCase();
  }
  return null;
}
