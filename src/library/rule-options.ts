import type { CHANNELS } from '../catalog.ts';
import type { FACETS } from '../model/facets.ts';
import type { Ignorable } from '../model/rule.ts';
import type { Broadcast } from '../model/scales.ts';

type OneOrMore<T extends string = string> = T | readonly T[];

/** A rule as tidings.yaml has it; docs/configuration.md explains every key. */
export interface RuleOptions {
  /** Default `rule-1`, `rule-2`… */
  readonly name?: string;
  /** Event types, or event type → actions or filters: `{ pull_request: ['merged'], star: null }`, or whole names: `pull_request.merged`. `*` is every other. */
  readonly on: OneOrMore | Readonly<Record<string, OneOrMore | true | null | FilterOptions>>;
  /** Globs over the names of sources; `!` excludes. Default: all. */
  readonly sources?: OneOrMore;
  /** Globs over `owner/name`; `!` excludes. Default: all. */
  readonly repos?: OneOrMore;
  readonly ignore?: OneOrMore<Ignorable>;
  /** A CEL expression over `activity`. */
  readonly if?: string;
  /** How long to wait for labels and drafts after opening: `20s`, `2m`, or seconds. Default: not at all. */
  readonly settle?: string | number;
  readonly quiet?: QuietOptions;
  /** Names of destinations; people (`@asked`, `@author`, `@mona`, `@acme/backend`) get direct messages. Default: all destinations. */
  readonly to?: OneOrMore;
  /** How it words what it tells: `Order {{ payload.id }} by {{ activity.actor.login }}`, with CEL in the braces. */
  readonly template?: string;
  /** Whom to call by name: `author`, `reviewers`…, `@login`, `organisation/team`; `here` or `channel` is everybody. */
  readonly mention?: OneOrMore;
  /**
   * Whether what it tells of one issue, pull request, incident or payment is one conversation. `none`: only its card shows it, where it has one.
   * Default: as each destination has it.
   */
  readonly thread?: boolean | 'none';
  /** Whether each issue, pull request or incident that it tells of has a card. Default: as each destination has it. */
  readonly card?: boolean;
  /** What of that is shown in the channel too, where it is told in a thread. Default: nothing. */
  readonly broadcast?: OneOrMore<Broadcast>;
  /** How long it waits before it tells people (`to: '@asked'`): `30m`. They are told if nothing happens until then. */
  readonly after?: string;
  /** After a match, later rules are not asked. */
  readonly stop?: boolean;
}

type Rows = typeof FACETS;

/** `tags`, `branches`, `branches.head` → its row. */
type ByKey = {
  [F in Rows[keyof Rows] as F extends { readonly filter: { readonly key: infer K extends string } } ? K : never]: F;
};

type Item<F> = F extends { readonly words: readonly (infer W extends string)[] } ? W : string;

/** `head` of `branches`. */
type OtherParts<K extends string> = { [O in keyof ByKey]: O extends `${K}.${infer Part}` ? Part : never }[keyof ByKey];

/** A list; or a mapping, where the key takes one. */
type Asked<K extends keyof ByKey> = ByKey[K] extends {
  readonly filter: { readonly alone: string; readonly parts: infer P };
}
  ? OneOrMore<Item<ByKey[K]>> | { readonly [Part in keyof P | OtherParts<K>]?: OneOrMore<Item<ByKey[K]>> }
  : OneOrMore<Item<ByKey[K]>>;

/**
 * Lists are alternatives; different filters must all hold. docs/configuration.md says what each asks. The changed files of a
 * pull request are not known here: what asks for them by `paths` does not match.
 */
export type FilterOptions = { readonly types?: OneOrMore } & {
  readonly [K in keyof ByKey as K extends `${string}.${string}` ? never : K]?: Asked<K>;
};

/**
 * How long what is kept, as tidings.yaml has it; docs/configuration.md explains every key. Terms are `12h`, `30d`, `26w` or
 * `forever`.
 */
export interface RetentionOptions {
  /** Headers and bodies, no longer than their events. Default `30d`. */
  readonly bodies?: string;
  /** `35d` at least. Default `180d`. */
  readonly events?: string;
  /** What was sent and answered, try by try. Default `30d`. */
  readonly attempts?: string;
  /** Above it the oldest bodies go early: `10GB`. Default `none`. */
  readonly max_size?: string;
  /** A folder into which bodies are written before they go; a relative path starts at the working directory. Default: none. */
  readonly archive_to?: string;
  /** An exception: a pattern over `owner/name`, or the name of a source. The first that fits counts. */
  readonly [exception: string]: string | { readonly bodies: string } | undefined;
}

/** A reminder as tidings.yaml has it; docs/reminders.md says what it says. */
export interface ReminderOptions
  extends Pick<FilterOptions, 'branches' | 'labels' | 'authors' | 'teams' | 'assignees'>,
    Pick<RuleOptions, 'repos' | 'to' | 'mention' | 'thread'> {
  /** `09:30` */
  readonly at: string;
  /** An IANA name, such as `Europe/Berlin`. */
  readonly zone: string;
  /** Default: Monday to Friday. */
  readonly days?: OneOrMore<Day>;
  /** Days that are left out: `2026-12-25`, or `12-25` of every year. */
  readonly except?: OneOrMore;
  /** How long they have waited at least: `4h`, `2d`. Default: not at all. */
  readonly older_than?: string;
  /** Default: drafts. */
  readonly ignore?: OneOrMore<'bots' | 'drafts'>;
}

type Day = 'sun' | 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat';

/** At least one of hours and days. */
export interface QuietOptions {
  /** `22:00-07:00` */
  readonly hours?: OneOrMore;
  readonly days?: OneOrMore<Day>;
  /** An IANA name, such as `Europe/Berlin`. */
  readonly zone: string;
}

/** Type of destination → somebody's id there, and the destination where they alone are told (for `ignore: 'own'`). */
export type PersonOptions = string | (Ids & { readonly destination?: string });

/** A group's id where messages go, logins, or both. */
export type TeamOptions = string | readonly string[] | (Ids & { readonly members?: OneOrMore });

type Ids = { readonly [Type in keyof typeof CHANNELS]?: string };
