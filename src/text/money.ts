/** A sum of money in major units: $20.00 is 20. */
export interface Money {
  readonly amount: number;
  /** ISO 4217, upper case; of what is no currency of a state (`USDC`), as its provider writes it. */
  readonly currency: string;
}

/** How many decimals a currency has where it is not two, by ISO 4217. */
const DECIMALS: ReadonlyMap<string, number> = new Map([
  ...of(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'),
  ...of(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...of(4, 'CLF UYW'),
]);

const CODE = /^[a-z]{3}$/i;
/** By ISO 4217: of no currency. Examples have it. */
const NONE = 'XXX';
const TOKEN = /^[a-z]{3,6}$/i;
/** `20`, `-57.0`, `1,234.50`; more digits are no money. */
const DECIMAL = /^[+-]?(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.\d{1,12})?$/;
/** Above this, numbers of payloads are no longer what was written. */
const MOST = Number.MAX_SAFE_INTEGER;

/** How many of its decimals a currency's amounts have, by ISO 4217: 2 where the code is not known. */
export function decimalsOf(code: string): number {
  return DECIMALS.get(code.toUpperCase()) ?? 2;
}

/**
 * Of an amount in the currency's smallest unit, as Stripe, Square and most that count in integers write it: 500 of JPY are ¥500,
 * 5124 of KWD are 5.124. Null where either is no such thing. `decimals`: for a provider that counts some currencies its own way.
 */
export function minorMoney(amount: unknown, currency: unknown, decimals = decimalsOf): Money | null {
  if (typeof amount !== 'number' || !isSane(amount) || typeof currency !== 'string' || !CODE.test(currency))
    return null;
  const code = currency.toUpperCase();
  return { amount: amount / 10 ** decimals(code), currency: code };
}

/** Of an amount in major units, as PayPal and Shopify write it: `"57.0"`, `"1,234.50"`, 20. Null where either is no such thing. */
export function majorMoney(amount: unknown, currency: unknown): Money | null {
  if (typeof currency !== 'string' || !TOKEN.test(currency)) return null;
  const value = typeof amount === 'string' ? numberIn(amount) : amount;
  if (typeof value !== 'number' || !isSane(value)) return null;
  return { amount: value, currency: CODE.test(currency) ? currency.toUpperCase() : currency };
}

/** `$20.00`, `¥500`, `KWD 5.124`, `12.50 USDC`; `10.00` of no currency. Null: of none. */
export function moneyText(money: Money | null): string | null {
  if (money === null) return null;
  const { amount, currency } = money;
  const least = decimalsOf(currency);
  // A price may have fractions of the smallest unit: $0.0005 a call.
  const digits = { minimumFractionDigits: Number.isInteger(amount) ? least : least || 2, maximumFractionDigits: 12 };
  if (currency === NONE) return new Intl.NumberFormat('en-US', digits).format(amount);
  if (!CODE.test(currency)) return `${new Intl.NumberFormat('en-US', digits).format(amount)} ${currency}`;
  return new Intl.NumberFormat('en-US', { style: 'currency', currency, ...digits }).format(amount).replace(/\s/g, ' ');
}

function numberIn(text: string): number | null {
  const written = text.trim();
  return DECIMAL.test(written) ? Number(written.replaceAll(',', '')) : null;
}

function isSane(amount: number): boolean {
  return Math.abs(amount) <= MOST;
}

function of(decimals: number, codes: string): readonly (readonly [code: string, decimals: number])[] {
  return codes.split(' ').map((code) => [code, decimals] as const);
}
