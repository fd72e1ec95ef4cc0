import type { RuleTrace, Telling } from '../../model/rule.ts';
import type { Difference } from '../../model/trial/backtest.ts';
import { wordsOf } from '../../route/template/words-of.ts';
import type { ReadableEvent } from './readable-event.ts';
import type { Ruling } from './side.ts';

export interface Compared {
  readonly fewer: readonly Difference[];
  readonly more: readonly Difference[];
  readonly same: number;
  /** Of some destination nobody can say. */
  readonly isUnjudged: boolean;
}

/** Destination by destination; where one side does not know, nothing is said of it. */
export function compareRulings(event: ReadableEvent, before: Ruling, after: Ruling): Compared {
  const [now, then] = [namesOf(before), namesOf(after)];
  const isTaken = new Set([...before.taken, ...after.taken]);
  const unknown = new Set([...before.unknown, ...after.unknown].filter((name) => !isTaken.has(name)));
  return {
    fewer: onlyIn(event, before, after, { told: then, unknown }),
    more: onlyIn(event, after, before, { told: now, unknown }),
    same: now.intersection(then).size,
    isUnjudged: unknown.size > 0,
  };
}

/** What `ruling` tells, and the other, which tells `told`, does not. */
function onlyIn(
  event: ReadableEvent,
  ruling: Ruling,
  other: Ruling,
  { told, unknown }: { readonly told: ReadonlySet<string>; readonly unknown: ReadonlySet<string> },
): readonly Difference[] {
  const taken = new Set(ruling.taken);
  const isOnly = (name: string) => !told.has(name) && !unknown.has(name);
  const because =
    (event.isUnsaid ? null : other.unasked) ?? `it does not take all of ${event.source}, and no rule tells it`;
  return [
    ...ruling.tell
      .filter(({ destination }) => !taken.has(destination) && isOnly(destination))
      .map((telling) => difference(event, telling, other)),
    ...ruling.taken.filter(isOnly).map((destination) => ({ destination, rule: null, because })),
  ];
}

function namesOf({ tell, taken }: Ruling): Set<string> {
  return new Set([...tell.map(({ destination }) => destination), ...taken]);
}

function difference(event: ReadableEvent, telling: Telling, other: Ruling): Difference {
  const { destination, rule } = telling;
  const [said] = wordsOf(event, [telling], event.payload ?? (() => undefined)).tellings;
  const words = said?.activity.said.sentence ?? null;
  return { destination, rule, because: silenceOf(destination, rule, other), ...(words !== null && { words }) };
}

/** Why the others do not tell it there: the rule of that name, else one about such events that comes closest. */
function silenceOf(destination: string, name: string, { rules, repeated, unasked }: Ruling): string {
  if (unasked !== null) return unasked;
  if (repeated.includes(destination)) return 'told before';
  const rule = rules.find(({ rule }) => rule === name) ?? nearest(rules, destination);
  if (rule === undefined) return `there is no rule ${name}`;
  switch (rule.result) {
    case 'matched':
      return `rule ${rule.rule}: tells ${rule.to.join(', ') || 'nobody'}`;
    case 'not_asked':
      return `rule ${rule.rule}: not asked, an earlier rule that matched has stop: true`;
    case 'no_match':
      return `rule ${rule.rule}: ${missed(rule).join(', ')}`;
  }
}

function nearest(rules: readonly RuleTrace[], destination: string): RuleTrace | undefined {
  return rules
    .filter(({ to, checks }) => to.includes(destination) && checks.every(({ check, ok }) => ok || check !== 'on'))
    .toSorted((a, b) => missed(a).length - missed(b).length)
    .at(0);
}

function missed({ checks }: RuleTrace): readonly string[] {
  return checks.flatMap(({ check, actual, ok }) => (ok ? [] : `${check} saw ${actual}`));
}
