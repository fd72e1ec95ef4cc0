import type { Classics } from '../model/plugin/provider.ts';
import { ANY, type OnFilter, type Rule } from '../model/rule.ts';

function only(types: readonly string[]): OnFilter {
  return types.length === 0 ? ANY : { ...ANY, types };
}

/** What is told when nobody wrote rules: the classics of each provider there is, to every destination. */
export function defaultRules(destinations: readonly string[], classics: readonly (Classics | undefined)[]): Rule[] {
  const wanted = Object.assign({}, ...classics) as Classics;
  return [
    {
      name: 'classics',
      on: new Map(Object.entries(wanted).map(([type, types]) => [type, only(types)])),
      sources: null,
      repos: null,
      ignore: [],
      condition: null,
      settleMs: 0,
      quiet: null,
      to: destinations,
      template: null,
      mention: [],
      stop: false,
      from: {},
    },
  ];
}
