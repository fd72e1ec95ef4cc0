import type { ConfigFile } from '../read/config-file.ts';
import { mapping, valueAt } from '../read/plain-data.ts';
import { nameOfRule } from '../rule-of.ts';
import { shown } from './did-you-mean.ts';
import { itemsOf, namesIn } from './written.ts';

/** Reports names that cannot be, or that two have. */
export function checkNames(file: ConfigFile): void {
  checkShape(file, 'sources');
  checkShape(file, 'destinations');
  checkReserved(file);
  checkUnique(file, 'rules', nameOfRule);
  checkUnique(file, 'tests', () => undefined);
}

/** A source's name is part of its address, a destination's is a metric label and a lane. */
function checkShape(file: ConfigFile, section: 'sources' | 'destinations'): void {
  for (const name of Object.keys(mapping(valueAt(file.data, [section])))) {
    if (/^[a-z0-9][a-z0-9_-]{0,63}$/i.test(name)) continue;
    const message = `"${name}" cannot be a name: use up to 64 letters, digits, - and _, a letter or digit first.`;
    file.report([section, name], message, 'key');
  }
}

/** A destination's name is the name of its lane, and this lane is the one that decides about events. */
function checkReserved(file: ConfigFile): void {
  if (!namesIn(file, 'destinations').includes('expand')) return;
  const message = '"expand" is the name of a lane that Tidings keeps for itself: call this destination something else.';
  file.report(['destinations', 'expand'], message, 'key');
}

function checkUnique(file: ConfigFile, section: 'rules' | 'tests', nameOf: (index: number) => unknown): void {
  const names = new Set<string>();
  for (const [index, { item, path }] of itemsOf(file, section).entries()) {
    const name = item['name'] ?? nameOf(index);
    if (typeof name !== 'string') continue;
    const place = [...path, 'name'];
    if (names.has(name)) {
      const what = section === 'rules' ? 'rule' : 'test';
      file.report(place, `${shown(file, place, name)} is the name of an earlier ${what}: give each its own.`);
    }
    names.add(name);
  }
}
