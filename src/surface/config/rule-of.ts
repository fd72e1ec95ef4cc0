import type { OnFilter, Rule } from '../../model/rule.ts';
import type { RuleData } from './file-schema.ts';
import { quietOf } from './schema/quiet-schema.ts';

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
    condition: data.if ?? null,
    settleMs: data.settle ?? 0,
    quiet: data.quiet ? quietOf(data.quiet) : null,
    to: data.to ?? everywhere,
    mention: data.mention ?? [],
    stop: data.stop,
  };
}

function filterOf({ types, branches, labels, ...filter }: FilterData): OnFilter {
  return {
    types: types ?? null,
    branches: branches?.base ?? null,
    heads: branches?.head ?? null,
    tags: filter.tags ?? null,
    paths: filter.paths ?? null,
    labels: labels ? { any: labels.any ?? [], all: labels.all ?? [], none: labels.none ?? [] } : null,
    authors: filter.authors ?? null,
    teams: filter.teams ?? null,
    conclusion: filter.conclusion ?? null,
    transition: filter.transition ?? null,
    severity: filter.severity ?? null,
  };
}
