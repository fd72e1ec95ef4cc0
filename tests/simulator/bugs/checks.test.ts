import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CHECKS, type CheckName } from '../types.ts';
import { bugNamed, simulatorWith } from './plant.ts';

/** One for each check, found in a moment. All are looked for by `npm run simulate -- --bugs`. */
const QUICK: Readonly<Record<CheckName, string>> = {
  lost: 'forged-is-the-original',
  dedup: 'known-is-new',
  twice: 'older-message-again',
  order: 'newest-first',
  pace: 'adopted-at-once',
  states: 'begun-twice',
  fence: 'frozen-while-asking',
  retention: 'needed-since-planned',
  results: 'nothing-came-before',
  bugs: 'one-breaks-all',
};

describe('what no check looks for', () => {
  for (const check of CHECKS) {
    const bug = bugNamed(QUICK[check]);
    test(`${check}: finds ${bug.name}, and lets it through when it is switched off`, async () => {
      const { seed } = bug;
      assert(seed !== null);
      using simulator = await simulatorWith(bug);
      const { violations } = await simulator.simulate({ seed });
      const found = new Set(violations.map((violation) => violation.check));
      assert(found.has(check), `npm run simulate -- --bug ${bug.name} --seed ${seed}`);
      const foundOnlyBy = async (...checks: readonly CheckName[]) => {
        const unchecked = new Set(CHECKS.filter((each) => !checks.includes(each)));
        return (await simulator.simulate({ seed, unchecked })).ok ? 'nothing' : 'it';
      };
      if (found.size > 1) assert.equal(await foundOnlyBy(check), 'it');
      assert.equal(await foundOnlyBy(...CHECKS.filter((each) => !found.has(each))), 'nothing');
    });
  }
});
