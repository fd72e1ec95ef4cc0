import type { Classics } from '../model/plugin/provider.ts';
import { ANY, type OnFilter, type Rule, UNCONDITIONAL } from '../model/rule.ts';

/** A source, with what its provider's are told of. */
export interface Classic {
  readonly source: string;
  /** Undefined: a source of a program's own has none. */
  readonly classics: Classics | undefined;
}

/**
 * What is told when nobody wrote rules: the classics of each provider there is, to every destination. A rule for each provider,
 * where there are several: they share names, and `issue.assigned` of one is news where that of another is not.
 */
export function defaultRules(destinations: readonly string[], told: readonly Classic[]): Rule[] {
  const byProvider = Map.groupBy(told, ({ classics }) => classics);
  byProvider.delete(undefined);
  const isOne = byProvider.size < 2;
  const rules = [...byProvider].map(([classics = {}, of]): Rule => {
    const sources = [...new Set(of.map(({ source }) => source))];
    const rule = classicsRule(classics, destinations);
    return isOne ? rule : { ...rule, name: `classics of ${sources.join(', ')}`, sources };
  });
  return rules.length > 0 ? rules : [classicsRule({}, destinations)];
}

function classicsRule(classics: Classics, destinations: readonly string[]): Rule {
  return {
    name: 'classics',
    ...UNCONDITIONAL,
    on: new Map(Object.entries(classics).map(([type, wanted]) => [type, only(wanted)])),
    quiet: null,
    to: destinations,
    template: null,
    mention: [],
    thread: null,
    stop: false,
    from: {},
  };
}

function only(wanted: Classics[string]): OnFilter {
  if (!('length' in wanted)) return { ...ANY, ...wanted };
  return wanted.length === 0 ? ANY : { ...ANY, types: wanted };
}
