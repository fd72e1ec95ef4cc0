import { type Money, minorMoney, moneyText } from '../../text/money.ts';

/** Amounts of these are whole: ¥500 is 500. https://docs.stripe.com/currencies#zero-decimal */
const WHOLE = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '));
/** Amounts of these are in thousandths. */
const THOUSANDTHS = new Set('BHD JOD KWD OMR TND'.split(' '));

/** Of an amount in Stripe's minor units; all but these are hundredths, also of what is whole in life: 5 ISK is 500. */
export function moneyOf(amount: unknown, currency: unknown): Money | null {
  return minorMoney(amount, currency, decimalsOf);
}

/** `$20.00`, `¥500`, `KWD 1.250`. Null where either is not what Stripe writes. */
export function money(amount: unknown, currency: unknown): string | null {
  return moneyText(moneyOf(amount, currency));
}

function decimalsOf(code: string): number {
  if (WHOLE.has(code)) return 0;
  return THOUSANDTHS.has(code) ? 3 : 2;
}
