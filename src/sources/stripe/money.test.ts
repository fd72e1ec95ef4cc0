import assert from 'node:assert/strict';
import { test } from 'node:test';
import { money } from './money.ts';

test('an amount in the smallest unit is told in the currency’s own decimals', () => {
  const told: readonly (readonly [amount: number, currency: string, words: string])[] = [
    [2000, 'usd', '$20.00'],
    [2000, 'USD', '$20.00'],
    [5, 'eur', '€0.05'],
    [0, 'usd', '$0.00'],
    [-1500, 'usd', '-$15.00'],
    [123_456_789, 'usd', '$1,234,567.89'],
    [500, 'jpy', '¥500'],
    [500, 'krw', '₩500'],
    [500, 'vnd', '₫500'],
    [500, 'clp', 'CLP 500'],
    [500, 'xof', 'F CFA 500'],
    [5124, 'kwd', 'KWD 5.124'],
    [5120, 'tnd', 'TND 5.120'],
    // Whole in life, in hundredths at Stripe.
    [500, 'isk', 'ISK 5'],
    [550, 'isk', 'ISK 5.50'],
    [500, 'ugx', 'UGX 5'],
    [10_045, 'huf', 'HUF 100.45'],
    [80_045, 'twd', 'NT$800.45'],
    // A price of fractions of a cent.
    [0.05, 'usd', '$0.0005'],
  ];
  for (const [amount, currency, words] of told) assert.equal(money(amount, currency), words);
});

test('what is no amount or no currency says nothing', () => {
  for (const [amount, currency] of [
    [null, 'usd'],
    ['2000', 'usd'],
    [Number.NaN, 'usd'],
    [Number.POSITIVE_INFINITY, 'usd'],
    [2000, null],
    [2000, ''],
    [2000, 'usdc'],
    [2000, '$$$'],
  ]) {
    assert.equal(money(amount, currency), null);
  }
});
