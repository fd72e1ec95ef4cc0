import type { Compared } from './activity.ts';
import { FACETS, type FilterName, filterNames } from './facets.ts';
import { type EventName, kindOf } from './kind.ts';
import { AUDIENCES, type Mention } from './notification.ts';
import type { Broadcast } from './scales.ts';
import type { Sought } from './sought.ts';

type List = readonly string[];

/**
 * The filters of one `on:` entry, by the names that traces give them. Lists are alternatives; different filters must all
 * hold. Null: not asked.
 */
export type OnFilter = Readonly<Record<'types' | FilterName, List | null>>;

/** Asks nothing: every activity of the event that is not minor. */
export const ANY = Object.fromEntries(
  ['types', ...Object.values(FACETS).flatMap(filterNames)].map((name) => [name, null]),
) as OnFilter;

/**
 * bots    what a bot did
 * drafts  what concerns a draft
 * forks   what comes from a fork
 * test    what happened in a test mode or a sandbox
 * own     what a person did, told to that person (see Directory.owners)
 */
export const IGNORABLE = ['bots', 'drafts', 'forks', 'test', 'own'] as const;
export type Ignorable = (typeof IGNORABLE)[number];

/** Whom a rule calls by name, besides logins (`@mona`) and teams (`acme/backend`) written out. */
export const MENTIONABLE = ['asked', 'assignees', 'author', 'mentioned', 'reviewers', ...AUDIENCES] as const;

/** Whom a rule tells by direct message, each behind an `@`, besides logins and teams written out. */
export const TELLABLE = ['asked', 'assignees', 'author', 'mentioned', 'reviewers'] as const;

/** When a rule keeps still. What it would tell then is told afterwards. */
export interface QuietHours {
  /** In minutes since midnight, `from` inclusive, `to` exclusive; `from` > `to` goes on past midnight. */
  readonly hours: readonly { readonly from: number; readonly to: number }[];
  /** Whole days, 0 is Sunday. */
  readonly days: readonly number[];
  /** An IANA name, such as `Europe/Berlin`. */
  readonly zone: string;
}

/** What deciding about one event may still cost. */
export interface Steps {
  /** Throws when there are not so many left. */
  take(count: number): void;
}

/** An expression over an activity, compiled before there is one. */
export interface Condition {
  /** As it was written. */
  readonly text: string;
  /** What it names of the activity, such as `actor.login`. */
  readonly fields: readonly string[];
  /**
   * `value` is the activity as the expression reads it (route/condition-fields.ts). A field that it lacks is `missing`, in
   * words; it throws only when no steps are left.
   */
  ask(
    value: Readonly<Record<string, unknown>>,
    steps: Steps,
  ): { readonly ok: true; readonly value: boolean } | { readonly ok: false; readonly missing: string };
}

/** What a template makes of one event: a line, or why there is none, in words. */
export type Worded = { readonly ok: true; readonly words: string } | { readonly ok: false; readonly why: string };

/** How somebody words what is told, compiled before there is anything. */
export interface Template {
  /** As it was written. */
  readonly text: string;
  /** `payload`: what the source was sent, as its provider reads it. Never throws. */
  word(asked: Compared, payload: unknown, steps: Steps): Worded;
}

/** A template, and whose it is: `rule orders`, `source shop`. */
export interface Wording {
  readonly by: string;
  readonly template: Template;
}

/** Who wants to hear of which activities, and where. */
export interface Rule {
  readonly name: string;
  /** Event type, or the whole name of one event (`invoice.payment_failed`) → filter. `*` is every event that is not named. */
  readonly on: ReadonlyMap<string, OnFilter>;
  /** Globs over the names of sources; `!` excludes. Null: any. */
  readonly sources: List | null;
  /** Globs over the name of the place, `owner/name`; `!` excludes. Null: any. */
  readonly repos: List | null;
  readonly ignore: readonly Ignorable[];
  /** What filters cannot say. Null: not asked. */
  readonly condition: Condition | null;
  /** How long to wait for labels that are added right after opening, ms. 0: not at all. */
  readonly settleMs: number;
  readonly quiet: QuietHours | null;
  /** Destinations. */
  readonly to: List;
  /** Whom it tells by direct message: of TELLABLE behind an `@`, `@login`, `@organisation/team`. Absent: nobody. */
  readonly people?: List;
  /** How long it waits before it tells people, ms: only where nothing happens until then. Absent: not at all. */
  readonly afterMs?: number;
  /** How it words what it tells. Null: as the source does, else as Tidings does. */
  readonly template: Template | null;
  /** Of MENTIONABLE, `@login`, `organisation/team`. */
  readonly mention: List;
  /**
   * Whether what it tells of one issue, incident or payment is one conversation. `none`: nothing is told where a card shows it. Null: as each
   * destination has it.
   */
  readonly thread: boolean | 'none' | null;
  /** Whether what it tells of has a card there. Absent: as each destination has it. */
  readonly card?: boolean;
  /** What of that is shown in the channel too, where it is told in a thread. Absent: nothing. */
  readonly broadcast?: readonly Broadcast[];
  /** After a match, later rules are not asked. */
  readonly stop: boolean;
  /** Key in the file → where it was said, if not by the rule alone: `defaults`, `list backend`. */
  readonly from: Readonly<Record<string, string>>;
}

/** Of a rule that asks for nothing but its events. */
export const UNCONDITIONAL = {
  sources: null,
  repos: null,
  ignore: [],
  condition: null,
  settleMs: 0,
} as const satisfies Partial<Rule>;

/**
 * What a rule asks of such an event: by its whole name, else by its type, else as of every other. Who writes the whole name has
 * named the action. Undefined: the rule is about others.
 */
export function filterFor(on: Rule['on'], { type, action }: EventName): OnFilter | undefined {
  const whole = action === null ? undefined : on.get(kindOf(type, action));
  return whole === undefined ? (on.get(type) ?? on.get('*')) : { ...whole, types: whole.types ?? [action ?? ''] };
}

type Ids = Mention['ids'];

/** Whom logins and teams of the provider are elsewhere. Keys are in lower case. */
export interface Directory {
  /** Login → who that is. */
  readonly people: ReadonlyMap<string, { readonly ids: Ids }>;
  /** `organisation/team`. Members are logins in lower case. */
  readonly teams: ReadonlyMap<string, { readonly ids: Ids; readonly members: ReadonlySet<string> }>;
  /** Destination → login of the person it belongs to. */
  readonly owners: ReadonlyMap<string, string>;
  /** How people are told one by one. Absent: no destination does that. */
  readonly direct?: Direct;
  /** Whoever has no id is looked up by their e-mail address. Absent: nobody is. */
  readonly byEmail?: true;
}

export interface Direct {
  /** The destinations that tell each person by direct message. */
  readonly by: ReadonlySet<string>;
  /** Destination → its type, of all. */
  readonly types: ReadonlyMap<string, string>;
}

export const NOBODY: Directory = { people: new Map(), teams: new Map(), owners: new Map() };

/** One condition of one rule, with what it asked for and what it saw. */
export interface Check {
  /** Where it stands in the rule: `on`, `on.branches`, `on.labels.none`, `repos`, `ignore.bots`. */
  readonly check: string;
  readonly wanted: string;
  readonly actual: string;
  readonly ok: boolean;
  /** Where the rule has it from: `defaults`, `list backend`. Absent: it says so itself. */
  readonly from?: string;
}

export interface RuleTrace {
  readonly rule: string;
  /** `not_asked`: an earlier rule had `stop: true`. */
  readonly result: 'matched' | 'no_match' | 'not_asked';
  readonly checks: readonly Check[];
  /** Destinations, and the people as the rule names them: `@asked`. */
  readonly to: readonly string[];
}

/** Why an event was, or was not, announced. Stored with the event as JSON. */
export interface Trace {
  readonly kind: string | null;
  readonly rules: readonly RuleTrace[];
  /** Destination → names of those who are called there. Absent: nobody is. */
  readonly called?: Readonly<Record<string, readonly string[]>>;
  /** What became of whom rules name as people. Absent: they name nobody. */
  readonly sought?: readonly Sought[];
  /** Each template that was asked. Absent: none was. */
  readonly worded?: readonly WordedBy[];
  /** Destination → why it took none of it, although a rule asked for it there. Absent: none did. */
  readonly declined?: Readonly<Record<string, string>>;
  /** The destinations where its card alone shows it, although a rule asked for it there (`thread: none`). Absent: there are none. */
  readonly onCard?: readonly string[];
  /** Destination, or person behind an @ → by whom and until when they are not told of its thread. Absent: nobody muted it. */
  readonly muted?: Readonly<Record<string, string>>;
}

export interface WordedBy {
  /** `rule orders`, `source shop` */
  readonly by: string;
  /** The destinations that it words. */
  readonly to: readonly string[];
  /** Why it did not, in words: they are told as if there were none. Absent: it did. */
  readonly why?: string;
}

/** In the place of a rule's name, of a notification for who takes all of a source. */
export const TAKES_ALL = 'raw';

/** The same, of one for whom it is asked. */
export const ASKED = 'asked';

/** Somebody who is told by direct message. */
export interface Recipient {
  readonly mention: Mention;
  /** The first rule that names them. */
  readonly rule: string;
  /** As of a telling, of the rules that name them. */
  readonly notBefore: number | null;
}

/** Those whom one rule tells later, if nothing happens until then. */
export interface Later {
  readonly rule: string;
  readonly afterMs: number;
  /** Logins. */
  readonly people: readonly string[];
}

export interface Telling {
  readonly destination: string;
  /** The first rule that asked for it. */
  readonly rule: string;
  /** Whom all rules that asked for it want called. */
  readonly mentions: readonly Mention[];
  /** Quiet hours of every rule that asked for it: not before this time, ms since 1970. Null: at once. */
  readonly notBefore: number | null;
  /** Each is told alone; they are the mentions too. Absent: it is told once, to whoever reads it there. */
  readonly recipients?: readonly Recipient[];
  /** Of the first rule that asked for it and has one, else of the source. Absent: the activity has words of its own. */
  readonly wording?: Wording;
  /** What the first rule says that asked for it and says so. Absent: as the destination has it. */
  readonly thread?: boolean | 'none';
  /** Whether what it is about has a card there: the same. */
  readonly card?: boolean;
  /** Whether it is shown in the channel too, where it is told in a thread: the same. Absent: it is not. */
  readonly broadcast?: boolean;
}

export interface Decision {
  /** Each destination once, in rule order. */
  readonly tell: readonly Telling[];
  /** Absent: nobody is told later. */
  readonly later?: readonly Later[];
  readonly trace: Trace;
  /** In words, when nobody is told. */
  readonly reason: string | null;
  /** How long to wait before this counts, ms after receipt: labels may change what some rule says. 0: it counts. */
  readonly settleMs: number;
  /** Some rule would match, if only somebody knew the changed files. */
  readonly wantsPaths: boolean;
}

/** `now`: ms since 1970, for quiet hours. */
export type Route = (asked: Compared, now: number) => Decision;
