/**
 * `npm run fuzz`: every payload with every field that is read changed in every way, and 100 kB of each hostile text in every
 * pair. `npm test` tries a share of it. Takes a minute or two; exits with 1 when something is told badly.
 */
import { faultIn, mutationsOf } from '../tests/golden/fuzz.ts';
import { ANYWHERE, harmWith, LONG, targetOf } from '../tests/golden/hostile.ts';
import { recorded, written } from '../tests/golden/payloads.ts';

const cases = [...recorded(), ...written()];
const faults = new Set<string>();
const began = performance.now();

let changes = 0;
for (const one of cases) {
  for (const mutation of mutationsOf(one)) {
    changes++;
    const fault = faultIn(mutation);
    if (fault !== '') faults.add(fault);
  }
}
say(`${changes.toLocaleString('en-US')} changed payloads`);

const pairs = [...new Map(cases.map((one) => [one.pair, targetOf(one)])).values()];
for (const target of pairs) {
  for (const text of LONG) for (const harm of harmWith(target, target.written, text)) faults.add(harm);
}
say(`${(pairs.length * LONG.length).toLocaleString('en-US')} payloads of 100 kB texts`);

for (const target of cases.map(targetOf)) {
  for (const text of ANYWHERE) for (const harm of harmWith(target, target.texts, text)) faults.add(harm);
}
say(`${(cases.length * ANYWHERE.length).toLocaleString('en-US')} payloads of hostile texts`);

for (const fault of faults) console.log(fault);
process.exitCode = faults.size === 0 ? 0 : 1;

function say(what: string): void {
  console.error(`${what}, ${faults.size} faults, ${((performance.now() - began) / 1000).toFixed(0)} s`);
}
