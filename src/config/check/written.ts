import type { Path } from '../place/yaml-map.ts';

// The file as written, before anything about its shape is known: taken apart once, for all checks. What has another shape
// than is asked for here is the schema's to tell.

export interface WrittenFile {
  readonly sources: readonly WrittenSource[];
  readonly destinations: readonly Named[];
  readonly people: readonly WrittenPerson[];
  /** Whoever is not among them is looked up. */
  readonly peopleByEmail: boolean;
  readonly teams: readonly WrittenTeam[];
  /** Lists of repositories. */
  readonly repos: readonly Named[];
  /** As a rule that is about nothing. */
  readonly defaults: WrittenRule;
  readonly rules: readonly WrittenRule[];
  /** As rules whose filters stand beside the rest. */
  readonly reminders: readonly WrittenRule[];
  readonly tests: readonly WrittenTest[];
}

export type Mapping = Readonly<Record<string, unknown>>;

/** A text, with its place and the variable that it came out of, if it did. */
export interface Text {
  readonly text: string;
  readonly place: Path;
  readonly variable: string | undefined;
  /** It is the key at its place. Absent: the value. */
  readonly part?: 'key';
}

/** What stands under a name. */
export interface Named {
  readonly name: string;
  readonly given: Mapping;
}

export interface WrittenSource extends Named {
  readonly secrets: readonly Text[];
  readonly template: Text | undefined;
}

export interface WrittenPerson {
  readonly name: string;
  readonly ids: readonly unknown[];
  readonly destination: Text | undefined;
}

export interface WrittenTeam {
  readonly name: string;
  /** Null: they are not given. */
  readonly members: readonly Text[] | null;
}

/** One of a list. */
export interface Item {
  readonly place: Path;
  readonly given: Mapping;
  readonly name: Text | undefined;
}

/** What a rule leaves out are the texts of the defaults, with their places; `given` is what it says itself. */
export interface WrittenRule extends Item {
  readonly on: readonly WrittenEvent[];
  readonly sources: readonly Text[];
  readonly repos: readonly Text[];
  readonly ignore: readonly Text[];
  readonly if: readonly Text[];
  readonly template: Text | undefined;
  readonly to: readonly Text[];
  readonly mention: readonly Text[];
}

/** One entry of a rule's `on:`, whichever shape it has. */
export interface WrittenEvent {
  readonly type: Text;
  /** Of the type's place. */
  readonly part: 'key' | 'value';
  /** In the long form, `{ types: … }`. */
  readonly filter: Mapping;
  /** Of one of the filter's keys, also where it is written short. */
  placeOf(key: string): Path;
  /** The list at one of the filter's keys; empty where it is not asked. */
  textsOf(key: string): readonly Text[];
}

export interface WrittenTest extends Item {
  readonly event: Text | undefined;
  readonly expect: readonly Text[];
  /** Who is called there. */
  readonly called: readonly Text[];
}
