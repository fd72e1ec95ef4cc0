import type { Activity } from '../model/activity.ts';
import type { Check, Decision, Route, Rule, RuleTrace } from '../model/rule.ts';
import { type Condition, cut, onConditions, ruleConditions, type View, viewOf } from './conditions.ts';
import { silence } from './silence.ts';

interface CompiledRule {
  readonly rule: Rule;
  /** The event types it names, in words. */
  readonly wanted: string;
  /** Event type → every condition that must hold. */
  readonly conditions: ReadonlyMap<string, readonly Condition[]>;
}

/**
 * Compiles the rules once (globs, sets) into the function that decides who is told of an activity. Every matching rule
 * applies, in order, until one with `stop`; a destination is told once, for the first rule that asked for it. The
 * decision is pure and never throws: a field that the activity lacks is a condition that does not hold.
 */
export function createRoute(rules: readonly Rule[]): Route {
  const compiled = rules.map(compile);
  return (activity) => {
    const view = viewOf(activity);
    const traces: RuleTrace[] = [];
    const tell = new Map<string, string>();
    let stopped = false;
    for (const each of compiled) {
      const trace = stopped ? notAsked(each.rule) : ask(each, view);
      traces.push(trace);
      if (trace.result !== 'matched') continue;
      for (const destination of each.rule.to) {
        if (!tell.has(destination)) tell.set(destination, each.rule.name);
      }
      stopped = each.rule.stop;
    }
    return decision(activity, tell, traces);
  };
}

function compile(rule: Rule): CompiledRule {
  const always = ruleConditions(rule);
  const conditions = new Map(
    Array.from(rule.on, ([type, filter]) => [type, [...onConditions(filter), ...always]] as const),
  );
  return { rule, wanted: cut([...rule.on.keys()].join(', ')), conditions };
}

/** Asks everything even after a no, so that the trace tells all there is to change. Another event type is one check. */
function ask({ rule, wanted, conditions }: CompiledRule, view: View): RuleTrace {
  const { type } = view.activity;
  const forType = conditions.get(type);
  const checks: Check[] = [{ check: 'on', wanted, actual: cut(type), ok: forType !== undefined }];
  for (const condition of forType ?? []) checks.push(condition(view));
  const result = checks.every(({ ok }) => ok) ? 'matched' : 'no_match';
  return { rule: rule.name, result, checks, to: rule.to };
}

function notAsked(rule: Rule): RuleTrace {
  return { rule: rule.name, result: 'not_asked', checks: [], to: rule.to };
}

function decision(activity: Activity, tell: ReadonlyMap<string, string>, traces: readonly RuleTrace[]): Decision {
  return {
    tell: Array.from(tell, ([destination, rule]) => ({ destination, rule })),
    trace: { kind: activity.kind, rules: traces },
    reason: tell.size > 0 ? null : silence(activity.kind, traces),
  };
}
