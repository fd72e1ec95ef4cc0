import { OWN_SOURCE, type Reminder } from '../../model/reminder.ts';
import { ANY, type Directory, type Route, type Rule, UNCONDITIONAL } from '../../model/rule.ts';
import { createRoute } from '../route.ts';
import { LATER, laterAction } from './later.ts';
import { OWN_REMINDER, REMINDER } from './said.ts';

/** Who is told of what Tidings says by itself: by its reminders, and by rules that waited, whatever rules say of all events. */
export function withOwnRules(
  route: Route,
  { reminders, rules }: { readonly reminders: readonly Reminder[]; readonly rules: readonly Rule[] },
  directory: Directory,
): Route {
  const own = createRoute([...reminders.flatMap(tellingRules), ...rules.flatMap(laterRule)], directory);
  return (asked, now) => (asked.activity.source === OWN_SOURCE ? own : route)(asked, now);
}

/** Those whom it tells together, and whom it tells alone: each has an event of their own, which asks for nobody else. */
function tellingRules(reminder: Reminder): readonly Rule[] {
  const { people = [], ...rule } = tellingRule(reminder);
  const on = new Map([[`${OWN_REMINDER}.${reminder.name}`, ANY]]);
  const own = { ...rule, on, to: [], people: ['@asked'], mention: [], thread: null };
  return [...(rule.to.length > 0 ? [rule] : []), ...(people.length > 0 ? [own] : [])];
}

/** What it asks for: all that it tells. */
export function tellingRule({ name, rule }: Reminder): Rule {
  return {
    ...rule,
    ...UNCONDITIONAL,
    on: new Map([[`${REMINDER}.${name}`, ANY]]),
    quiet: null,
    from: {},
  };
}

/** It has waited: those whom it named are told. */
function laterRule({ afterMs, ...rule }: Rule): readonly Rule[] {
  if (afterMs === undefined) return [];
  const on = new Map([[`${LATER}.${laterAction(rule.name)}`, ANY]]);
  return [{ ...rule, ...UNCONDITIONAL, on, stop: false, to: [], people: ['@asked'], mention: [] }];
}
