import { FACETS, type Facet, type FilterName, filterNames, placeInFilter } from '../../model/facets.ts';
import type { Reminder } from '../../model/reminder.ts';
import { ANY, type Directory, type OnFilter, type QuietHours, type Rule } from '../../model/rule.ts';
import type { RuleTest } from '../config.ts';
import { termText } from '../parts/amounts.ts';
import { BY_EMAIL } from '../schema/people-schema.ts';
import { durationText } from './duration-text.ts';
import { DAYS, spanText } from './quiet-text.ts';
import { scheduleData } from './reminder-text.ts';

// In the shape of tidings.yaml, so that what is printed can be a file again.

type Plain = { readonly [key: string]: unknown };

export function describeRule(rule: Rule): Plain {
  return given({
    name: rule.name,
    on: Object.fromEntries(Array.from(rule.on, ([type, filter]) => [type, describeFilter(filter)])),
    sources: rule.sources,
    repos: rule.repos,
    ignore: filled(rule.ignore),
    if: rule.condition?.text ?? null,
    settle: rule.settleMs > 0 ? durationText(rule.settleMs) : null,
    quiet: rule.quiet && describeQuiet(rule.quiet),
    to: [...rule.to, ...(rule.people ?? [])],
    after: rule.afterMs === undefined ? null : termText(rule.afterMs),
    template: rule.template?.text ?? null,
    mention: filled(rule.mention),
    thread: rule.thread,
    card: rule.card ?? null,
    broadcast: rule.broadcast ?? null,
    stop: rule.stop || null,
  });
}

export function describeReminder({ schedule, rule, olderThanMs }: Reminder): Plain {
  const [filter = ANY] = rule.on.values();
  return given({
    ...scheduleData(schedule),
    older_than: olderThanMs > 0 ? termText(olderThanMs) : null,
    repos: rule.repos,
    ignore: rule.ignore,
    ...describeFilter(filter),
    to: rule.to,
    mention: filled(rule.mention),
    thread: rule.thread,
  });
}

/** In the order of the table; a list alone is not written as a mapping. */
function describeFilter(filter: OnFilter): Plain {
  const asked = Object.values<Facet>(FACETS).flatMap((row) =>
    filterNames(row).flatMap((name) => {
      const list = filter[name as FilterName];
      if (row.filter === null || list === null) return [];
      const [key, part = ''] = placeInFilter(name, row.filter);
      return [{ name, key, part, list }];
    }),
  );
  const described = Array.from(
    Map.groupBy(asked, ({ key }) => key),
    ([key, parts]) => {
      const [first] = parts;
      const isAlone = parts.length === 1 && first?.name === key;
      return [key, isAlone ? first.list : Object.fromEntries(parts.map(({ part, list }) => [part, list]))];
    },
  );
  return given({ types: filter.types, ...Object.fromEntries(described) });
}

function describeQuiet({ hours, days, zone }: QuietHours): Plain {
  return given({ hours: filled(hours.map(spanText)), days: filled(days.map((day) => DAYS[day])), zone });
}

/** Who alone reads a destination by their id there owns it: that need not be said. */
export function describeDirectory(
  { people, teams, owners, byEmail }: Directory,
  destinations: readonly { readonly name: string; readonly type: string; readonly reader?: string | null }[],
): { readonly people: Plain; readonly teams: Plain } {
  const named = destinations.flatMap(({ name, type, reader = null }) => {
    const login = owners.get(name);
    if (login === undefined || (reader !== null && people.get(login)?.ids[type] === reader)) return [];
    return [[login, name] as const];
  });
  const destinationOf = new Map(named);
  return {
    people: {
      ...(byEmail && { [BY_EMAIL]: byEmail }),
      ...Object.fromEntries(
        Array.from(people, ([login, { ids }]) => [
          login,
          given({ ...ids, destination: destinationOf.get(login) ?? null }),
        ]),
      ),
    },
    teams: Object.fromEntries(
      Array.from(teams, ([name, { ids, members }]) => [name, given({ ...ids, members: filled([...members]) })]),
    ),
  };
}

export function describeTest({ name, payload, set, files, previous, at, says, expect }: RuleTest): Plain {
  return given({
    name,
    ...(payload.kind === 'sample' ? { event: payload.name } : { payload: payload.path, type: payload.type }),
    set: set.size > 0 ? Object.fromEntries(set) : null,
    files,
    previous,
    at: at === null ? null : new Date(at).toISOString(),
    says,
    expect: expect.every(({ called }) => called === null)
      ? expect.map(({ destination }) => destination)
      : Object.fromEntries(expect.map(({ destination, called }) => [destination, called])),
  });
}

/** Without what is null: not said. */
function given(keys: Plain): Plain {
  return Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== null));
}

function filled<T>(list: readonly T[]): readonly T[] | null {
  return list.length > 0 ? list : null;
}
