/**
 * What one event says of its subject that later ones may say anew: a card shows what all of them say together. Whatever their
 * order, whoever has heard the same events knows the same, since of each fact the newest stands.
 */
export interface Fact {
  /**
   * What it is about: a name of `CARD_FACTS`, or a family and whom or what it is of: `review:mona`, `check:lint`. At most 200
   * characters.
   */
  readonly name: string;
  /** Null: it holds no longer. At most 2,000 characters as JSON. Raw text of others: every renderer escapes it. */
  readonly value: FactValue;
  /** Since when, by the provider's clock, ms since 1970. Null: it does not say; then the time of receipt counts. */
  readonly at: number | null;
}

export type FactValue = string | number | boolean | null | readonly string[];

/** Facts that every provider calls by the same name. Families end with a colon: a name follows. */
export const CARD_FACTS = {
  title: 'Its title, as its author wrote it.',
  url: 'Its page.',
  noun: '`pull request`, `issue`, `incident`; `branch`, which nothing is told of.',
  handle: '`#12`: what people call it.',
  place: '`acme/api`: the repository, project or service.',
  state: '`open`, `draft`, `merged`, `closed`, `acknowledged`, `resolved`: what it is now.',
  author: 'Login of who opened it.',
  opened: 'True, as of when it was opened, and opened again: a draft that is one no longer begins anew.',
  base: 'The branch it lands on.',
  head: 'The branch it comes from.',
  checks:
    'Thread under which the checks of its newest commit are kept: `acme/api@f00dfeed…`. They are shown with it, and no others.',
  additions: 'Lines added.',
  deletions: 'Lines removed.',
  files: 'Files changed.',
  labels: 'The labels it has.',
  assignees: 'Logins of those it is assigned to.',
  comments: 'How many comments it has.',
  needed: 'How many approvals it needs, where that is known.',
  asked:
    'Logins and teams whose review is asked for, all of them: who was asked before and is not among them is no longer.',
  'asked:':
    'Login or team whose review is asked for: true as of when they were asked, null when no longer. Where `asked` says later, it counts.',
  'review:':
    'Login → `approved`, `changes`, `commented`; null when dismissed. Of whom it is asked anew, it counts no longer: see `reviewersOf`.',
  'check:': 'Name of a check, workflow or pipeline → `running`, `passed`, `failed`, `skipped`.',
  latest: 'What happened last, one sentence.',
} as const;

/** What an event says of one thread's subject: of its own, or of another's, as a workflow does of a commit. */
export interface Known {
  /** As `Keys.thread`. */
  readonly thread: string;
  readonly facts: readonly Fact[];
}

/** A fact as it is kept. */
export interface KeptFact {
  readonly value: FactValue;
  /** ms since 1970. */
  readonly at: number;
  /** Breaks ties: the larger id of two events that say something of the same moment. */
  readonly eventId: number;
}

/** What was heard of one thread's subject, its times settled: what `SubjectState` is merged from. */
export type Heard = Pick<SubjectState, 'thread' | 'facts'>;

/** All that is known of one thread's subject. */
export interface SubjectState {
  /** `Keys.thread` */
  readonly thread: string;
  /** Grows with each change. */
  readonly version: number;
  readonly facts: Readonly<Record<string, KeptFact>>;
}
