/** Amounts of these are whole: ¥500 is 500. https://docs.stripe.com/currencies#zero-decimal */
const WHOLE = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '));
/** Amounts of these are in thousandths. */
const THOUSANDTHS = new Set('BHD JOD KWD OMR TND'.split(' '));
/** Whole in life, in hundredths at Stripe: 5 ISK is 500. https://docs.stripe.com/currencies#special-cases */
const WHOLE_IN_HUNDREDTHS = new Set(['ISK', 'UGX']);

const CURRENCY = /^[a-z]{3}$/i;

/** Of an amount in Stripe's minor units: `$20.00`, `¥500`, `KWD 1.250`. Null where either is not what Stripe writes. */
export function money(amount: unknown, currency: unknown): string | null {
  if (typeof amount !== 'number' || !Number.isFinite(amount)) return null;
  if (typeof currency !== 'string' || !CURRENCY.test(currency)) return null;
  const code = currency.toUpperCase();
  const digits = decimalsOf(code);
  const value = amount / 10 ** digits;
  const isWhole = WHOLE_IN_HUNDREDTHS.has(code) && Number.isInteger(value);
  // A price may have fractions of the smallest unit: $0.0005 a call.
  const fraction = Number.isInteger(amount) ? digits : 12;
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: code,
    minimumFractionDigits: isWhole ? 0 : digits,
    maximumFractionDigits: isWhole ? 0 : fraction,
  })
    .format(value)
    .replace(/\s/g, ' ');
}

function decimalsOf(code: string): number {
  if (WHOLE.has(code)) return 0;
  return THOUSANDTHS.has(code) ? 3 : 2;
}
