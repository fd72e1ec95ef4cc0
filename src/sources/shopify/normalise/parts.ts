import { list, type Payload, read, textOrNull } from '../../../shared/payload.ts';
import { firstText, numberAt } from '../../../telling/parts.ts';
import { decimalsOf, type Money, majorMoney } from '../../../text/money.ts';
import { counted } from '../../../text/words.ts';

/** What a field says of money, in the currency of the shop. `field_set` says it in the customer's too. */
export function moneyAt(object: unknown, field: string): Money | null {
  return (
    majorMoney(read(object, `${field}_set.shop_money.amount`), read(object, `${field}_set.shop_money.currency_code`)) ??
    majorMoney(read(object, field), currencyOf(object))
  );
}

function currencyOf(object: unknown): string | null {
  return firstText(object, ['currency', 'currency_code']);
}

/** Amounts added up, one sum for each currency. */
export function sumsOf(amounts: readonly (Money | null)[]): readonly Money[] {
  const sums = new Map<string, number>();
  for (const money of amounts)
    if (money !== null) sums.set(money.currency, (sums.get(money.currency) ?? 0) + money.amount);
  return [...sums].map(([currency, sum]) => ({ amount: Number(sum.toFixed(decimalsOf(currency))), currency }));
}

/** Whoever buys, by name. */
export function customerOf(object: unknown): string | null {
  return (
    nameIn(read(object, 'customer')) ??
    firstText(object, ['billing_address.name', 'shipping_address.name']) ??
    firstText(object, ['email', 'contact_email', 'customer.email', 'phone'])
  );
}

/** `Bob Norman`, of a person who has a first and a last name. */
export function nameIn(person: unknown): string | null {
  const names = ['first_name', 'last_name'].map((field) => textOrNull(person, field)?.trim() ?? '');
  return names.filter((name) => name !== '').join(' ') || null;
}

/** `3 items`: how many pieces, not lines. Null: nobody says. */
export function itemsOf(object: unknown, path = 'line_items'): string | null {
  const lines = list(object, path);
  const pieces = lines.reduce<number>((sum, line) => sum + Math.max(0, numberAt(line, 'quantity') ?? 1), 0);
  return lines.length === 0 || !Number.isSafeInteger(pieces) ? null : counted(pieces, 'item');
}

/** `vip, wholesale`, written in one text. */
export function tagsOf(object: Payload): readonly string[] {
  const tags = (textOrNull(object, 'tags') ?? '').split(',').map((tag) => tag.trim());
  return tags.filter((tag) => tag !== '').slice(0, 50);
}
