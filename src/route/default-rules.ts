import { ANY, type OnFilter, type Rule } from '../model/rule.ts';

function only(...types: readonly string[]): OnFilter {
  return { ...ANY, types };
}

/** What is told when nobody wrote rules: the four classics, to every destination. */
export function defaultRules(destinations: readonly string[]): Rule[] {
  return [
    {
      name: 'classics',
      on: new Map([
        ['issues', only('opened')],
        ['pull_request', only('opened', 'merged')],
        ['star', only('created')],
      ]),
      sources: null,
      repos: null,
      ignore: [],
      condition: null,
      settleMs: 0,
      quiet: null,
      to: destinations,
      mention: [],
      stop: false,
    },
  ];
}
