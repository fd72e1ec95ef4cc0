import { OWN_LANES } from '../../model/inbox/lanes.ts';
import { OWN_SOURCE } from '../../model/reminder.ts';
import type { Remark } from '../read/config-file.ts';
import { nameOfRule } from '../rule-of.ts';
import { shown } from './shown.ts';
import type { Item, Named, WrittenFile } from './written.ts';

/** Names that cannot be, or that two have. */
export function remarksOnNames({
  sources,
  destinations,
  repos,
  rules,
  reminders,
  tests,
}: WrittenFile): readonly Remark[] {
  return [
    ...shapes('sources', sources),
    ...shapes('destinations', destinations),
    ...shapes('repos', repos),
    ...shapes(
      'reminders',
      reminders.map(({ name, given }) => ({ name: name?.text ?? '', given })),
    ),
    ...reserved(destinations),
    ...(reminders.length > 0 || rules.some(({ given }) => given['after'] !== undefined) ? ownName(sources) : []),
    ...repeated('rule', rules, nameOfRule),
    ...repeated('test', tests, () => undefined),
  ];
}

export function isName(text: string): boolean {
  return /^[a-z0-9][a-z0-9_-]{0,63}$/i.test(text);
}

/** A source's name is part of its address, a destination's is a metric label and a lane, a list's stands among patterns. */
function shapes(section: 'sources' | 'destinations' | 'repos' | 'reminders', all: readonly Named[]): readonly Remark[] {
  return all
    .filter(({ name }) => !isName(name))
    .map(({ name }) => ({
      place: [section, name],
      part: 'key',
      message: `"${name}" cannot be a name: use up to 64 letters, digits, - and _, a letter or digit first.`,
    }));
}

/** A destination's name is the name of its lane, and these lanes are those that decide about events, prune, remind and listen. */
function reserved(destinations: readonly Named[]): readonly Remark[] {
  return destinations
    .filter(({ name }) => OWN_LANES.includes(name))
    .map(({ name }) => ({
      place: ['destinations', name],
      message: `"${name}" is the name of a lane that Tidings keeps for itself: call this destination something else.`,
      part: 'key',
    }));
}

/** What reminders say, and what is told later, is an event of a source that nobody configures. */
function ownName(sources: readonly Named[]): readonly Remark[] {
  return sources
    .filter(({ name }) => name === OWN_SOURCE)
    .map(({ name }) => ({
      place: ['sources', name],
      message: `"${name}" is the source of what reminders say, and rules with after: call this one something else.`,
      part: 'key',
    }));
}

function repeated(
  what: 'rule' | 'test',
  items: readonly Item[],
  nameOf: (index: number) => unknown,
): readonly Remark[] {
  const names = new Set<string>();
  return items.flatMap(({ place, given, name: written }, index) => {
    const name = given['name'] ?? nameOf(index);
    if (typeof name !== 'string') return [];
    const isRepeated = names.has(name);
    names.add(name);
    if (!isRepeated) return [];
    const message = `${shown(name, written?.variable)} is the name of an earlier ${what}: give each its own.`;
    return [{ place: [...place, 'name'], message }];
  });
}
