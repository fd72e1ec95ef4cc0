import { PULL_REQUEST } from '../../model/reminder.ts';
import type { Path } from '../place/yaml-map.ts';
import type { ConfigFile } from '../read/config-file.ts';
import { list, mapping } from '../read/plain-data.ts';
import { filterOf } from '../schema/filter-schema.ts';
import { BY_EMAIL } from '../schema/people-schema.ts';
import { eventsOf } from '../schema/rule-schema.ts';
import type { Item, Text, WrittenEvent, WrittenFile, WrittenRule, WrittenTeam, WrittenTest } from './written.ts';

/** What stands at a place, with whom to ask which texts came out of variables. */
interface Spot {
  readonly value: unknown;
  readonly place: Path;
  readonly variableAt: ConfigFile['variableAt'];
}

export function takenApart({ data, variableAt }: Pick<ConfigFile, 'data' | 'variableAt'>): WrittenFile {
  const file: Spot = { value: data, place: [], variableAt };
  return {
    sources: namedIn(at(file, 'sources')).map(({ name, spot }) => ({
      name,
      given: mapping(spot.value),
      secrets: textsOf(at(spot, 'secrets')),
      template: textOf(at(spot, 'template')),
    })),
    destinations: namedIn(at(file, 'destinations')).map(({ name, spot }) => ({ name, given: mapping(spot.value) })),
    peopleByEmail: at(at(file, 'people'), BY_EMAIL).value === true,
    people: namedIn(at(file, 'people'))
      .filter(({ name }) => name !== BY_EMAIL)
      .map(({ name, spot }) => {
        const { destination: _, ...ids } = mapping(spot.value);
        return {
          name,
          ids: typeof spot.value === 'string' ? [spot.value] : Object.values(ids),
          destination: textOf(at(spot, 'destination')),
        };
      }),
    teams: namedIn(at(file, 'teams')).map(({ name, spot }) => ({ name, members: membersOf(spot) })),
    repos: namedIn(at(file, 'repos')).map(({ name, spot }) => ({ name, given: mapping(spot.value) })),
    defaults: ruleOf(at(file, 'defaults')),
    rules: itemsOf(at(file, 'rules')).map((rule) => ruleOf(rule, at(file, 'defaults'))),
    reminders: namedIn(at(file, 'reminders')).map(({ name, spot }) => reminderOf(name, spot)),
    tests: itemsOf(at(file, 'tests')).map((test) => ({
      ...itemOf(test),
      event: textOf(at(test, 'event')),
      ...expectedIn(at(test, 'expect')),
    })),
  };
}

function ruleOf(rule: Spot, defaults = rule): WrittenRule {
  const texts = (key: string) => {
    const own = at(rule, key);
    return textsOf(own.value === undefined ? at(defaults, key) : own);
  };
  return {
    ...itemOf(rule),
    on: eventsIn(at(rule, 'on')),
    sources: texts('sources'),
    repos: texts('repos'),
    ignore: texts('ignore'),
    if: textsOf(at(rule, 'if')),
    template: textOf(at(rule, 'template')),
    to: texts('to'),
    mention: texts('mention'),
  };
}

function reminderOf(name: string, reminder: Spot): WrittenRule {
  const filter = mapping(reminder.value);
  const placeOf = (key: string): Path => [...reminder.place, key];
  const type = { text: PULL_REQUEST, place: reminder.place, variable: undefined };
  const textsAt = (key: string) => textsOf(at(reminder, key));
  return {
    ...ruleOf(reminder),
    name: { text: name, place: reminder.place, variable: undefined },
    on: [{ type, part: 'key', filter, placeOf, textsOf: textsAt }],
  };
}

function itemOf(item: Spot): Item {
  return { place: item.place, given: mapping(item.value), name: textOf(at(item, 'name')) };
}

function eventsIn({ value: on, place, variableAt }: Spot): readonly WrittenEvent[] {
  return Object.entries(mapping(eventsOf(on))).map(([type, given], index) => {
    const own = Array.isArray(on) ? [...place, index] : typeof on === 'string' ? place : [...place, type];
    const filter = mapping(filterOf(given));
    const placeOf = (key: string): Path => (given === mapping(given) ? [...own, key] : own);
    return {
      // A key comes out of no variable: what does is its value.
      type: { text: type, place: own, variable: on === mapping(on) ? undefined : variableAt(own) },
      part: typeof on === 'string' ? 'value' : 'key',
      filter,
      placeOf,
      textsOf: (key) =>
        Object.hasOwn(filter, key) ? textsOf({ value: filter[key], place: placeOf(key), variableAt }) : [],
    };
  });
}

/** Destinations, or destination → who is called there. */
function expectedIn(expect: Spot): Pick<WrittenTest, 'expect' | 'called'> {
  const named = namedIn(expect);
  if (named.length === 0) return { expect: textsOf(expect), called: [] };
  return {
    expect: named.map(({ name, spot }) => ({ text: name, place: spot.place, variable: undefined, part: 'key' })),
    called: named.flatMap(({ spot }) => textsOf(spot)),
  };
}

function membersOf(team: Spot): WrittenTeam['members'] {
  const { value } = team;
  if (Array.isArray(value)) return textsOf(team);
  const members = at(team, 'members');
  return members.value === undefined ? null : textsOf(members);
}

function at({ value, place, variableAt }: Spot, key: string): Spot {
  return { value: mapping(value)[key], place: [...place, key], variableAt };
}

function namedIn({ value, place, variableAt }: Spot): readonly { readonly name: string; readonly spot: Spot }[] {
  return Object.entries(mapping(value)).map(([name, each]) => ({
    name,
    spot: { value: each, place: [...place, name], variableAt },
  }));
}

function itemsOf({ value, place, variableAt }: Spot): readonly Spot[] {
  return list(value).map((each, index) => ({ value: each, place: [...place, index], variableAt }));
}

/** One text counts as a list of one, here as in the schema. */
function textsOf({ value, place, variableAt }: Spot): readonly Text[] {
  if (typeof value === 'string') return [{ text: value, place, variable: variableAt(place) }];
  return list(value).flatMap((text, index) => {
    const own = [...place, index];
    return typeof text === 'string' ? [{ text, place: own, variable: variableAt(own) }] : [];
  });
}

/** Undefined: it is no text alone. */
function textOf(spot: Spot): Text | undefined {
  return typeof spot.value === 'string' ? textsOf(spot)[0] : undefined;
}
