import { splitName } from '../model/kind.ts';
import { ANY, type Directory, type OnFilter, type Rule } from '../model/rule.ts';
import { type Entry, type EventKnowledge, entryOfRule, fatesOf, isNews, whyInVain } from './in-vain.ts';

/**
 * What rules ask for in vain, in sentences: an entry of `on:` that no event can ever match, a rule that is never asked, one
 * that keeps still at all times. Only what is certain.
 */
export function idleRules(rules: readonly Rule[], directory: Directory, knowledge: EventKnowledge): readonly string[] {
  return rules.flatMap((rule, index) => {
    const earlier = rules.slice(0, index).filter(alwaysStops);
    const inVain = Array.from(rule.on, ([name, filter]) => {
      const entry = entryOfRule(rule, name, filter, knowledge);
      const why = whyInVain(entry, knowledge, directory);
      if (why !== null) return `rule "${rule.name}" never matches ${name}: ${why}`;
      const stopping = earlier.find((other) => covers(other, entry, knowledge));
      return (
        stopping &&
        `rule "${rule.name}" is never asked about ${name}: rule "${stopping.name}" before it matches all of that, and has stop: true.`
      );
    });
    return [...inVain.filter((each) => each !== undefined), ...alwaysQuiet(rule)];
  });
}

/** It stops, whatever else an event of its types is. */
function alwaysStops({ stop, sources, repos, ignore, condition }: Rule): boolean {
  return stop && sources === null && repos === null && ignore.length === 0 && condition === null;
}

function covers(stopping: Rule, entry: Entry, knowledge: EventKnowledge): boolean {
  // What it asks of an event by its whole name it does not ask of the others.
  const isNamed = [...stopping.on.keys()].some((name) => name !== entry.type && splitName(name).type === entry.type);
  if (isNamed) return false;
  const { types, ...filters } =
    stopping.on.get(entry.type) ?? (entry.type === '*' ? NOTHING : (stopping.on.get('*') ?? NOTHING));
  if (Object.values(filters).some((filter) => filter !== null)) return false;
  if (types !== null) return entry.filter.types?.every((type) => types.includes(type)) ?? false;
  return entry.filter.types === null || (fatesOf(entry, knowledge)?.every(isNews) ?? false);
}

/** Covers no event. */
const NOTHING: OnFilter = { ...ANY, types: [] };

const DAY_MINUTES = 24 * 60;

function alwaysQuiet({ name, quiet }: Rule): readonly string[] {
  const isAlways =
    quiet !== null &&
    (new Set(quiet.days).size === 7 || quiet.hours.some(({ from, to }) => from === 0 && to === DAY_MINUTES));
  return isAlways ? [`rule "${name}" is quiet at all times: what it would tell waits for eight days.`] : [];
}
