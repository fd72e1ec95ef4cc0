import assert from 'node:assert/strict';
import { test } from 'node:test';
import { majorMoney, minorMoney, moneyText } from './money.ts';

test('an amount in the smallest unit is told in the decimals that its currency has by ISO 4217', () => {
  const told: readonly (readonly [amount: number, currency: string, words: string])[] = [
    [2000, 'usd', '$20.00'],
    [-1500, 'USD', '-$15.00'],
    [0, 'EUR', '€0.00'],
    [500, 'JPY', '¥500'],
    [500, 'KRW', '₩500'],
    [500, 'VND', '₫500'],
    [500, 'ISK', 'ISK 500'],
    [500, 'UGX', 'UGX 500'],
    [10_045, 'HUF', 'HUF 100.45'],
    [10_045, 'MGA', 'MGA 100.45'],
    [5124, 'KWD', 'KWD 5.124'],
    [5120, 'TND', 'TND 5.120'],
    [5000, 'IQD', 'IQD 5.000'],
    [52_345, 'CLF', 'CLF 5.2345'],
    [500, 'XYZ', 'XYZ 5.00'],
    [0.05, 'USD', '$0.0005'],
  ];
  for (const [amount, currency, words] of told) assert.equal(moneyText(minorMoney(amount, currency)), words);
});

test('an amount in whole units is told as it is, whether text or number', () => {
  const told: readonly (readonly [amount: unknown, currency: string, words: string])[] = [
    ['57.0', 'USD', '$57.00'],
    ['1,234.50', 'usd', '$1,234.50'],
    ['-0.48', 'USD', '-$0.48'],
    [' 20 ', 'EUR', '€20.00'],
    [20, 'EUR', '€20.00'],
    [0.1 + 0.2, 'EUR', '€0.30'],
    ['500', 'JPY', '¥500'],
    ['500.00', 'JPY', '¥500'],
    ['5.5', 'ISK', 'ISK 5.50'],
    ['5.124', 'KWD', 'KWD 5.124'],
    ['12.5', 'USDC', '12.50 USDC'],
  ];
  for (const [amount, currency, words] of told) assert.equal(moneyText(majorMoney(amount, currency)), words);
});

test('what is no amount or no currency says nothing', () => {
  for (const amount of [
    null,
    undefined,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e300,
    '',
    'NaN',
    '1.2.3',
    '1e5',
    '0x10',
  ]) {
    assert.equal(minorMoney(amount, 'USD'), null);
    assert.equal(majorMoney(amount, 'USD'), null);
  }
  assert.equal(minorMoney('2000', 'USD'), null);
  for (const currency of [null, '', 'US', '$$$', 840, 'U$D', 'x'.repeat(7)]) {
    assert.equal(minorMoney(2000, currency), null);
    assert.equal(majorMoney('20.00', currency), null);
  }
});

test('an amount of no currency stands alone', () => {
  assert.equal(moneyText(majorMoney('10.0', 'XXX')), '10.00');
});
