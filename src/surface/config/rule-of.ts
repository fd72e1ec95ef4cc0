import type { OnFilter, Rule } from '../../model/rule.ts';
import type { RuleData } from './file-schema.ts';

type FilterData = RuleData['on'][string];

/** What a rule that has no name is called. `index` counts from 0. */
export function nameOfRule(index: number): string {
  return `rule-${index + 1}`;
}

/** A rule of the file as the router takes it. `everywhere`: the names of all destinations. */
export function ruleOf(data: RuleData, index: number, everywhere: readonly string[]): Rule {
  return {
    name: data.name ?? nameOfRule(index),
    on: new Map(Object.entries(data.on).map(([type, filter]) => [type, filterOf(filter)])),
    repos: data.repos ?? null,
    ignore: data.ignore,
    to: data.to ?? everywhere,
    stop: data.stop,
  };
}

function filterOf({ types, branches, labels }: FilterData): OnFilter {
  return {
    types: types ?? null,
    branches: branches ?? null,
    labels: labels ? { any: labels.any ?? [], all: labels.all ?? [], none: labels.none ?? [] } : null,
  };
}
