import type { CHANNELS } from '../catalog.ts';
import type { Severity, Transition } from '../model/activity.ts';
import type { Ignorable } from '../model/rule.ts';

type OneOrMore<T extends string = string> = T | readonly T[];

/** A rule as tidings.yaml has it; docs/configuration.md explains every key. */
export interface RuleOptions {
  /** Default `rule-1`, `rule-2`… */
  readonly name?: string;
  /** Event types, or event type → actions or filters: `{ pull_request: ['merged'], star: null }`. `*` is every other. */
  readonly on: OneOrMore | Readonly<Record<string, OneOrMore | true | null | FilterOptions>>;
  /** Globs over `owner/name`; `!` excludes. Default: all. */
  readonly repos?: OneOrMore;
  readonly ignore?: OneOrMore<Ignorable>;
  /** A CEL expression over `activity`. */
  readonly if?: string;
  /** How long to wait for labels and drafts after opening: `20s`, `2m`, or seconds. Default: not at all. */
  readonly settle?: string | number;
  readonly quiet?: QuietOptions;
  /** Names of destinations. Default: all. */
  readonly to?: OneOrMore;
  /** Whom to call by name: `author`, `reviewers`…, `@login`, `organisation/team`. */
  readonly mention?: OneOrMore;
  /** After a match, later rules are not asked. */
  readonly stop?: boolean;
}

/** Lists are alternatives; different filters must all hold. */
export interface FilterOptions {
  readonly types?: OneOrMore;
  /** Globs over the branch it lands on, or over that and the one it comes from. */
  readonly branches?: OneOrMore | { readonly base?: OneOrMore; readonly head?: OneOrMore };
  readonly tags?: OneOrMore;
  /** Globs over changed files. Those of a pull request are not known here: what asks for them does not match. */
  readonly paths?: OneOrMore;
  readonly labels?: OneOrMore | { readonly any?: OneOrMore; readonly all?: OneOrMore; readonly none?: OneOrMore };
  readonly authors?: OneOrMore;
  readonly teams?: OneOrMore;
  readonly conclusion?: OneOrMore;
  readonly transition?: OneOrMore<Transition>;
  readonly severity?: OneOrMore<Severity>;
}

/** At least one of hours and days. */
export interface QuietOptions {
  /** `22:00-07:00` */
  readonly hours?: OneOrMore;
  readonly days?: OneOrMore<'sun' | 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat'>;
  /** An IANA name, such as `Europe/Berlin`. */
  readonly zone: string;
}

/** Type of destination → somebody's id there, and the destination where they alone are told (for `ignore: 'own'`). */
export type PersonOptions = string | (Ids & { readonly destination?: string });

/** A group's id where messages go, logins, or both. */
export type TeamOptions = string | readonly string[] | (Ids & { readonly members?: OneOrMore });

type Ids = { readonly [Type in keyof typeof CHANNELS]?: string };
