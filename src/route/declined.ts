import type { Destination } from '../model/destination.ts';
import type { Decision, Route } from '../model/rule.ts';

type Decliner = Pick<Destination, 'name' | 'declines'>;

/** The same rules, without the destinations that take none of what was asked for: the trace says why, and so does the reason where nobody is left. */
export function withoutDeclined(route: Route, destinations: readonly Decliner[]): Route {
  const decliners = new Map(
    destinations.filter(({ declines }) => declines !== undefined).map((each) => [each.name, each]),
  );
  if (decliners.size === 0) return route;
  return (asked, now) => {
    const decision = route(asked, now);
    const declined = decision.tell.flatMap(({ destination }) => {
      const why = decliners.get(destination)?.declines?.(asked) ?? null;
      return why === null ? [] : [[destination, why] as const];
    });
    return declined.length === 0 ? decision : without(decision, new Map(declined));
  };
}

function without({ tell, trace, reason, ...decision }: Decision, declined: ReadonlyMap<string, string>): Decision {
  const left = tell.filter(({ destination }) => !declined.has(destination));
  const because = Array.from(declined, ([name, why]) => `${name} declines it: ${why}`).join('; ');
  return {
    ...decision,
    tell: left,
    trace: { ...trace, declined: Object.fromEntries(declined) },
    reason: left.length === 0 ? because : reason,
  };
}
