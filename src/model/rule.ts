import type { Activity } from './activity.ts';

/** The filters of one `on:` entry. Lists are alternatives; different filters must all hold. */
export interface OnFilter {
  /** Actions. Null: any. */
  readonly types: readonly string[] | null;
  /** Globs over `activity.branch`; `!` excludes. Null: any. */
  readonly branches: readonly string[] | null;
  readonly labels: {
    readonly any: readonly string[];
    readonly all: readonly string[];
    readonly none: readonly string[];
  } | null;
}

export const IGNORABLE = ['bots', 'drafts'] as const;
export type Ignorable = (typeof IGNORABLE)[number];

/** Who wants to hear of which activities, and where. */
export interface Rule {
  readonly name: string;
  /** Event type → filter. */
  readonly on: ReadonlyMap<string, OnFilter>;
  /** Globs over `owner/name`; `!` excludes. Null: any. */
  readonly repos: readonly string[] | null;
  readonly ignore: readonly Ignorable[];
  readonly to: readonly string[];
  /** After a match, later rules are not asked. */
  readonly stop: boolean;
}

/** One condition of one rule, with what it asked for and what it saw. */
export interface Check {
  /** Where it stands in the rule: `on`, `on.branches`, `on.labels.none`, `repos`, `ignore.bots`. */
  readonly check: string;
  readonly wanted: string;
  readonly actual: string;
  readonly ok: boolean;
}

export interface RuleTrace {
  readonly rule: string;
  /** `not_asked`: an earlier rule had `stop: true`. */
  readonly result: 'matched' | 'no_match' | 'not_asked';
  readonly checks: readonly Check[];
  readonly to: readonly string[];
}

/** Why an event was, or was not, announced. Stored with the event as JSON. */
export interface Trace {
  readonly kind: string | null;
  readonly rules: readonly RuleTrace[];
}

export interface Decision {
  /** Each destination once, in rule order, with the first rule that asked for it. */
  readonly tell: readonly { readonly destination: string; readonly rule: string }[];
  readonly trace: Trace;
  /** In words, when nobody is told. */
  readonly reason: string | null;
}

export type Route = (activity: Activity) => Decision;
