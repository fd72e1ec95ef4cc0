import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CHECKS, type CheckName } from '../types.ts';
import { BUGS } from './bugs.ts';
import { simulatorWith } from './plant.ts';

/** One for each check: what is put back and found in a moment. All are looked for by `npm run simulate -- --bugs`. */
const QUICK = new Map(CHECKS.map((check) => [check, BUGS.find((bug) => bug.check === check && bug.seed !== null)]));

describe('what no check looks for', () => {
  for (const [check, bug] of QUICK) {
    if (bug === undefined || bug.seed === null) continue;
    const { seed } = bug;
    test(`${check}: finds ${bug.name}, and lets it through when it is switched off`, async () => {
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
