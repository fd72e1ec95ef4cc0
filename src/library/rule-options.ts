import type { Ignorable } from '../model/rule.ts';

type OneOrMore = string | readonly string[];

/** A rule as tidings.yaml has it; docs/configuration.md explains every key. */
export interface RuleOptions {
  /** Default `rule-1`, `rule-2`… */
  readonly name?: string;
  /** Event types, or event type → actions or filters: `{ pull_request: ['merged'], star: null }`. */
  readonly on: OneOrMore | Readonly<Record<string, OneOrMore | true | null | FilterOptions>>;
  /** Globs over `owner/name`; `!` excludes. Default: all. */
  readonly repos?: OneOrMore;
  readonly ignore?: Ignorable | readonly Ignorable[];
  /** Names of destinations. Default: all. */
  readonly to?: OneOrMore;
  /** After a match, later rules are not asked. */
  readonly stop?: boolean;
}

/** Lists are alternatives; different filters must all hold. */
export interface FilterOptions {
  readonly types?: OneOrMore;
  readonly branches?: OneOrMore;
  readonly labels?: OneOrMore | { readonly any?: OneOrMore; readonly all?: OneOrMore; readonly none?: OneOrMore };
}
