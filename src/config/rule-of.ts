import { FACETS, type Facet, filterNames, placeInFilter } from '../model/facets.ts';
import { ANY, type Condition, type OnFilter, type Rule } from '../model/rule.ts';
import { quietOf } from './describe/quiet-text.ts';
import { valueAt } from './read/plain-data.ts';
import type { RuleData } from './schema/file-schema.ts';

type FilterData = RuleData['on'][string];

/** What a rule that has no name is called. `index` counts from 0. */
export function nameOfRule(index: number): string {
  return `rule-${index + 1}`;
}

/**
 * The rules of a file as the router takes them. `everywhere`: the names of all destinations. What `if:` says is compiled once
 * more than it was checked; CEL is loaded only where some rule has one: 45 ms.
 */
export async function rulesOf(rules: readonly RuleData[], everywhere: readonly string[]): Promise<readonly Rule[]> {
  const compile = rules.some((rule) => rule.if !== undefined)
    ? (await import('../route/condition/condition.ts')).compileCondition
    : null;
  const conditionOf = (text: string | undefined): Condition | null => {
    const compiled = text === undefined ? undefined : compile?.(text);
    return compiled?.ok ? compiled.condition : null;
  };
  return rules.map((rule, index) => ({ ...ruleOf(rule, index, everywhere), condition: conditionOf(rule.if) }));
}

function ruleOf(data: RuleData, index: number, everywhere: readonly string[]): Omit<Rule, 'condition'> {
  return {
    name: data.name ?? nameOfRule(index),
    on: new Map(Object.entries(data.on).map(([type, filter]) => [type, filterOf(filter)])),
    sources: data.sources ?? null,
    repos: data.repos ?? null,
    ignore: data.ignore,
    settleMs: data.settle ?? 0,
    quiet: data.quiet ? quietOf(data.quiet) : null,
    to: data.to ?? everywhere,
    mention: data.mention ?? [],
    stop: data.stop,
  };
}

/** By its names, each with its list; null where it is not asked. */
function filterOf(data: FilterData): OnFilter {
  const lists = Object.values<Facet>(FACETS).flatMap((row) =>
    filterNames(row).map((name) => [name, row.filter && listAt(data, placeInFilter(name, row.filter))] as const),
  );
  return { ...ANY, ...Object.fromEntries(lists), types: data.types ?? null };
}

function listAt(data: FilterData, path: readonly (string | undefined)[]): readonly string[] | null {
  const list = valueAt(
    data,
    path.flatMap((part) => part ?? []),
  );
  return Array.isArray(list) ? list.map(String) : null;
}
