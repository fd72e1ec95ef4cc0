import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveYear } from '../../bench/year/live-year.ts';
import { madeYear } from '../../bench/year/made-year.ts';
import { assertPromises } from '../../bench/year/promises.ts';
import { postgresStore, sqliteStore } from '../../bench/year/stores.ts';

/** A year of ten million is `npm run year`. */
for (const [name, open] of [
  ['sqlite', sqliteStore],
  ['postgres', postgresStore],
] as const) {
  test(`eighty days on ${name}, pruned: what is old goes, and what was promised to stay is there`, async () => {
    await using store = await open();
    const year = madeYear(1_000, 80);
    let promises = 0;
    await liveYear(store, year, { stepDays: 8 }, async (inbox, lived) => {
      promises = (await assertPromises(inbox, year, lived, 60)).length;
    });
    assert.equal(promises, 7);
  });
}
