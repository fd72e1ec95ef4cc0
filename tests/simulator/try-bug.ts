import { bugNamed, loadWith } from './bugs/plant.ts';
import { failsBy, shrink } from './shrink.ts';

const [name, from, count, mode] = process.argv.slice(2);
process.on('unhandledRejection', () => {});
const bug = name === 'none' ? null : bugNamed(name!);
const { Simulator } = (await loadWith(bug, 'tests/simulator/simulate.ts')) as typeof import('./simulate.ts');
const sim = await Simulator.open();
const t0 = performance.now();
const by: Record<string, number[]> = {};
let hits = 0;
for (let seed = Number(from); seed < Number(from) + Number(count); seed++) {
  const v = await sim.simulate({ seed, unchecked: new Set(name === 'no-column-holds-it' ? [] : ['bugs']) });
  for (const c of new Set(v.violations.map((x) => x.check))) (by[c] ??= []).push(seed);
  if (!v.ok && ++hits <= 2 && mode !== 'quiet') console.log(seed, v.violations.slice(0, 3));
}
const ms = performance.now() - t0;
console.log(
  name,
  { count, hits, ms: Math.round(ms), per: (ms / Number(count)).toFixed(1) },
  Object.fromEntries(Object.entries(by).map(([c, s]) => [c, `${s.length}: ${s.slice(0, 6)}`])),
);
sim[Symbol.dispose]();
process.exit(0);
