import { BUGS } from './bugs/bugs.ts';
import { loadWith } from './bugs/plant.ts';

process.on('unhandledRejection', () => {});
const [parity, seconds, ...names] = process.argv.slice(2);
const chosen = BUGS.filter((b, i) => (names.length ? names.includes(b.name) : i % 2 === Number(parity)));
for (const bug of chosen) {
  const { Simulator } = (await loadWith(bug, 'tests/simulator/simulate.ts')) as typeof import('./simulate.ts');
  const sim = await Simulator.open();
  const t0 = performance.now();
  let seed = 1;
  let found = '';
  const others: string[] = [];
  for (; performance.now() - t0 < Number(seconds) * 1000; seed++) {
    const v = await sim.simulate({ seed });
    if (v.ok) continue;
    const hit = v.violations.find((x) => x.check === bug.check);
    const line = `${seed}: ${[...new Set(v.violations.map((x) => x.check))]}: ${(hit ?? v.violations[0])!.says}`;
    if (hit) {
      found = line;
      break;
    }
    if (others.length < 2) others.push(line);
  }
  console.log(
    bug.name,
    bug.check,
    'seeds',
    seed,
    Math.round((performance.now() - t0) / 1000),
    's',
    found || 'NOT FOUND',
    others.length ? 'OTHERS ' + others.join(' | ') : '',
  );
  sim[Symbol.dispose]();
}
process.exit(0);
