import { FACETS, type Facet, filterNames, placeInFilter } from '../model/facets.ts';
import { ANY, type Condition, type OnFilter, type Rule, type Template } from '../model/rule.ts';
import { quietOf } from './describe/quiet-text.ts';
import { valueAt } from './read/plain-data.ts';
import type { Defaults, FileData, RuleData } from './schema/file-schema.ts';

type FilterData = RuleData['on'][string];

/** What a rule that has no name is called. `index` counts from 0. */
export function nameOfRule(index: number): string {
  return `rule-${index + 1}`;
}

/** What rules share, as the file has it. */
export type Shared = Pick<FileData, 'defaults' | 'repos'>;

/**
 * The rules of a file as the router takes them. `everywhere`: the names of all destinations. What `if:` says is compiled once
 * more than it was checked; CEL is loaded only where some rule has one: 45 ms.
 */
export async function rulesOf(
  rules: readonly RuleData[],
  everywhere: readonly string[],
  shared: Shared = {},
): Promise<readonly Rule[]> {
  const compile = rules.some((rule) => rule.if !== undefined)
    ? (await import('../route/condition/condition.ts')).compileCondition
    : null;
  const conditionOf = (text: string | undefined): Condition | null => {
    const compiled = text === undefined ? undefined : compile?.(text);
    return compiled?.ok ? compiled.condition : null;
  };
  const templates = await templatesOf(rules);
  return rules.map((data, index) => ({
    name: data.name ?? nameOfRule(index),
    on: new Map(Object.entries(data.on).map(([type, filter]) => [type, filterOf(filter)])),
    condition: conditionOf(data.if),
    template: templates[index] ?? null,
    stop: data.stop,
    ...commonOf(data, everywhere, shared),
  }));
}

/** Those of rules or sources, in their order; compiled and loaded as `if:` is. */
export async function templatesOf(
  given: readonly { readonly template?: string | undefined }[],
): Promise<readonly (Template | null)[]> {
  if (given.every(({ template }) => template === undefined)) return given.map(() => null);
  const { compileTemplate } = await import('../route/template/template.ts');
  return given.map(({ template }) => {
    const compiled = template === undefined ? undefined : compileTemplate(template);
    return compiled?.ok ? compiled.template : null;
  });
}

/** What `own` says, and where it says nothing the defaults. A key replaces the whole of its default. */
export function commonOf(own: Defaults, everywhere: readonly string[], { defaults = {}, repos: lists = {} }: Shared) {
  const inherited = Object.entries(defaults).filter(([key]) => own[key as keyof Defaults] === undefined);
  const { sources, repos, ignore, settle, quiet, to, mention, thread, card, broadcast } = {
    ...own,
    ...(Object.fromEntries(inherited) as Defaults),
  };
  const named = namedLists(repos ?? [], lists);
  const from = {
    ...Object.fromEntries(inherited.map(([key]) => [key, 'defaults'])),
    ...(named.length > 0 && { repos: [...(own.repos === undefined ? ['defaults'] : []), ...named].join(', ') }),
  };
  return {
    sources: sources ?? null,
    repos: repos?.flatMap((text) => patternsOf(text, lists)) ?? null,
    ignore: ignore ?? [],
    settleMs: settle ?? 0,
    quiet: quiet ? quietOf(quiet) : null,
    ...told(to ?? everywhere),
    mention: mention ?? [],
    thread: thread ?? null,
    ...(card !== undefined && { card }),
    ...(broadcast && { broadcast }),
    from,
  } satisfies Partial<Rule>;
}

/** People stand behind an `@`. */
function told(to: readonly string[]): Pick<Rule, 'to' | 'people'> {
  const { people, destinations = [] } = Object.groupBy(to, (name) =>
    name.startsWith('@') ? 'people' : 'destinations',
  );
  return { to: destinations, ...(people && { people: [...new Set(people)] }) };
}

type Lists = NonNullable<FileData['repos']>;

/** `list backend` */
function namedLists(repos: readonly string[], lists: Lists): readonly string[] {
  return repos.flatMap((text) => {
    const name = text.replace(/^!/, '');
    return Object.hasOwn(lists, name) ? [`list ${name}`] : [];
  });
}

/** A list is all of its patterns, and `!` in front of its name stands before each. */
function patternsOf(text: string, lists: Lists): readonly string[] {
  const [, not = '', name = ''] = /^(!?)(.*)$/s.exec(text) ?? [];
  return Object.hasOwn(lists, name) ? (lists[name] ?? []).map((pattern) => `${not}${pattern}`) : [text];
}

/** By its names, each with its list; null where it is not asked. */
export function filterOf(data: Partial<FilterData>): OnFilter {
  const lists = Object.values<Facet>(FACETS).flatMap((row) =>
    filterNames(row).map((name) => [name, row.filter && listAt(data, placeInFilter(name, row.filter))] as const),
  );
  return { ...ANY, ...Object.fromEntries(lists), types: data.types ?? null };
}

function listAt(data: Partial<FilterData>, path: readonly (string | undefined)[]): readonly string[] | null {
  const list = valueAt(
    data,
    path.flatMap((part) => part ?? []),
  );
  return Array.isArray(list) ? list.map(String) : null;
}
