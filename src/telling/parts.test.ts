import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayFact, idAt, joined, lasted, momentAt, numberAt, person, worded } from './parts.ts';

test('a moment is read however its provider writes it', () => {
  const time = Date.UTC(2026, 0, 1);
  for (const at of [time / 1000, time, String(time), String(time / 1000), '2026-01-01T00:00:00Z']) {
    assert.equal(momentAt({ at }, 'at'), time);
  }
  for (const at of [null, undefined, '', 'soon', 0, -1, 1e300, Number.NaN, {}, [], true]) {
    assert.equal(momentAt({ at }, 'at'), null);
  }
});

test('what lasted is said in whole units, and not where the clocks disagree', () => {
  assert.equal(lasted(0, 130 * 60_000), 'lasted 2 h 10 min');
  assert.equal(lasted(0, 40_000), 'lasted 40 s');
  for (const [from, to] of [[5, 5] as const, [9, 5] as const, [null, 5] as const, [5, null] as const]) {
    assert.equal(lasted(from, to), null);
  }
});

test('names of a provider’s own lists become words, short codes stay', () => {
  assert.equal(worded('product_not_received'), 'product not received');
  assert.equal(worded('EVIDENCE_REQUIRED'), 'evidence required');
  assert.equal(worded('R01'), 'R01');
  assert.equal(worded('ACH'), 'ACH');
});

test('ids and numbers are read as text and as numbers, and lose no digit', () => {
  assert.equal(idAt({ id: 12 }, 'id'), '12');
  assert.equal(idAt({ id: '9007199254740993' }, 'id'), '9007199254740993');
  assert.equal(idAt({ id: 2 ** 60 }, 'id'), null);
  assert.equal(numberAt({ n: '57.0' }, 'n'), 57);
  for (const n of ['', '1e9', 'NaN', '0x1', null, {}, Number.POSITIVE_INFINITY])
    assert.equal(numberAt({ n }, 'n'), null);
});

test('a day is the one that is written, where its clock is said to differ from UTC', () => {
  assert.equal(dayFact('answer by', { at: '2026-12-30T19:00:00-05:00' }, 'at'), 'answer by Dec 30, 2026');
  assert.equal(dayFact('answer by', { at: '2026-12-31T00:00:00Z' }, 'at'), 'answer by Dec 31, 2026');
  assert.equal(dayFact('answer by', { at: '2026-13-45T19:00:00-05:00' }, 'at'), null);
});

test('what is not there is left out', () => {
  assert.equal(joined('$20.00', 'from', 'Mona'), '$20.00 from Mona');
  assert.equal(joined(null, 'from', 'Mona'), 'Mona');
  assert.equal(joined(null, 'from', null), '');
  assert.equal(dayFact('due', { at: 1_767_225_600 }, 'at'), 'due Jan 1, 2026');
  assert.equal(dayFact('due', { at: 'x' }, 'at'), null);
  assert.equal(person('  '), null);
  assert.deepEqual(person('mona', { isBot: true }), { login: 'mona', url: null, avatarUrl: null, isBot: true });
});
