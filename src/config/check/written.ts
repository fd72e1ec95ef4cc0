import type { Path } from '../place/yaml-map.ts';
import type { ConfigFile } from '../read/config-file.ts';
import { list, mapping, valueAt } from '../read/plain-data.ts';
import { filterOf } from '../schema/filter-schema.ts';
import { eventsOf } from '../schema/rule-schema.ts';

// Data as written, before anything about its shape is known, with the places of its parts.

/** Rules or tests with their places. */
export function itemsOf(
  file: ConfigFile,
  section: 'rules' | 'tests',
): readonly { readonly item: Readonly<Record<string, unknown>>; readonly path: Path }[] {
  return list(valueAt(file.data, [section])).map((item, index) => ({ item: mapping(item), path: [section, index] }));
}

export function namesIn(file: ConfigFile, section: 'sources' | 'destinations' | 'people' | 'teams'): readonly string[] {
  return Object.keys(mapping(valueAt(file.data, [section])));
}

/** One text counts as a list of one, here as in the schema. What is no text is the schema's to tell. */
export function textsAt(file: ConfigFile, path: Path): readonly { readonly text: string; readonly place: Path }[] {
  const value = valueAt(file.data, path);
  if (typeof value === 'string') return [{ text: value, place: path }];
  return list(value).flatMap((text, index) => (typeof text === 'string' ? [{ text, place: [...path, index] }] : []));
}

/** Null: they are not given. */
export function membersAt(file: ConfigFile, team: string): ReturnType<typeof textsAt> | null {
  const place = ['teams', team];
  const given = valueAt(file.data, place);
  const isLong = given === mapping(given);
  if (isLong ? mapping(given)['members'] === undefined : !Array.isArray(given)) return null;
  return textsAt(file, isLong ? [...place, 'members'] : place);
}

/** One entry of a rule's `on:`, whichever shape it has. */
export interface WrittenEvent {
  readonly type: string;
  /** In the long form, `{ types: … }`. */
  readonly filter: Readonly<Record<string, unknown>>;
  /** Of the event's name. */
  readonly place: Path;
  readonly part: 'key' | 'value';
  /** Of one of the filter's keys, also where it is written short. */
  placeOf(key: string): Path;
  /** The list at one of the filter's keys; empty when it is not asked. */
  textsOf(key: string): ReturnType<typeof textsAt>;
}

export function eventsAt(file: ConfigFile, rule: Path): readonly WrittenEvent[] {
  const path = [...rule, 'on'];
  const on = valueAt(file.data, path);
  return Object.entries(mapping(eventsOf(on))).map(([type, filter], index) => {
    const place = Array.isArray(on) ? [...path, index] : typeof on === 'string' ? path : [...path, type];
    const asked = mapping(filterOf(filter));
    const placeOf = (key: string): Path => (filter === mapping(filter) ? [...place, key] : place);
    return {
      type,
      filter: asked,
      place,
      part: typeof on === 'string' ? 'value' : 'key',
      placeOf,
      textsOf: (key) => (Object.hasOwn(asked, key) ? textsAt(file, placeOf(key)) : []),
    };
  });
}
