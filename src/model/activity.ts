/** A person or a bot, as the provider names them. */
export interface Person {
  readonly login: string;
  readonly url: string | null;
  readonly avatarUrl: string | null;
  readonly isBot: boolean;
}

export interface Repository {
  /** `owner/name` */
  readonly fullName: string;
  readonly url: string;
}

/** The thing that was acted on: an issue, a pull request, a release, a commit range… */
export interface Subject {
  /** In words: `issue`, `pull request`, `release`. */
  readonly noun: string;
  /** `#12`, `v1.2.0`, `main`: what people call it. Null when it has no short name. */
  readonly handle: string | null;
  /** Raw text as its author wrote it: every renderer escapes it. */
  readonly title: string;
  readonly url: string;
}

/** How it should look at a glance: good or bad news, something waiting for somebody, or plain news. */
export const TONES = ['opened', 'good', 'bad', 'waiting', 'done', 'neutral'] as const;
export type Tone = (typeof TONES)[number];

/** How bad a security finding is, as its provider grades it; a leaked secret, which nobody grades, by whether it works. */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * How something that runs again and again compares with its last result: a workflow on a branch, a check, a deployment.
 * A first failure broke it; a first success is still_passing, because nothing was mended.
 */
export const TRANSITIONS = ['broke', 'still_broken', 'fixed', 'still_passing'] as const;
export type Transition = (typeof TRANSITIONS)[number];

/** One result of something that runs again and again. */
export interface RunResult {
  /** What ran, the same each time: `workflow_run acme/api 161335 main`. At most 400 characters. */
  readonly key: string;
  /** Which run it was: two events about one run are one result. */
  readonly run: string;
  readonly passed: boolean;
  /** The headline that says so, once it is known; without one the activity keeps its own. */
  readonly headlines: Partial<Readonly<Record<Transition, string>>>;
}

/** Somebody to be called by name where a message is told. */
export interface Mention {
  /** A login, or `organisation/team`. */
  readonly name: string;
  /** Slack's id of the person (`U…`, `W…`) or the user group (`S…`). Null: nobody knows. */
  readonly slack: string | null;
}

/** What happened, normalised and provider-neutral. All texts are raw: renderers escape and shorten them. */
export interface Activity {
  /** `<type>.<action>`, such as `pull_request.merged`: what a rule's `on:` names. */
  readonly kind: string;
  readonly type: string;
  /** Null where the provider knows no actions (push, fork). Then `kind` is the type alone. */
  readonly action: string | null;
  readonly source: string;
  /** What happened in a few words, sentence case, without names: `Pull request merged`. */
  readonly headline: string;
  /**
   * What the actor did, for one-line forms, with `{it}` for the subject's noun and handle and `{repo}` for the place:
   * `merged {it}`, `starred {repo}`. Without `{repo}`, ` in <place>` follows. Null: the headline says it.
   */
  readonly did: string | null;
  readonly tone: Tone;
  /** Told only where a rule names its action: it comes many times a day, or says little. */
  readonly isMinor: boolean;
  /** Who did it. Null when the provider names nobody. */
  readonly actor: Person | null;
  readonly repo: Repository | null;
  /** The organisation or account, where it is known: for what concerns no single repository. */
  readonly org: string | null;
  readonly subject: Subject | null;
  /** What the author wrote, in the provider's Markdown, at most 3,000 characters. Null when there is nothing worth showing. */
  readonly excerpt: string | null;
  /** Short extra facts for the small line, each plain text: `main ← retry-uploads`, `3 commits`. */
  readonly facts: readonly string[];
  readonly labels: readonly string[];
  /** `branch` is where it lands (a pull request's base, a push's branch); `head` is where it comes from. */
  readonly branch: string | null;
  readonly head: string | null;
  /** The tag it is about: one pushed, created or released. */
  readonly tag: string | null;
  readonly isDraft: boolean;
  /** It comes from a fork of the repository. */
  readonly isFork: boolean;
  /** Login of whoever wrote what it is about: a pull request's author, whoever merges it. Null: nobody is named. */
  readonly author: string | null;
  /** Logins and `organisation/team` that this very event asks something of: a reviewer requested, an issue assigned. */
  readonly asked: readonly string[];
  /** Logins that the subject is assigned to. */
  readonly assignees: readonly string[];
  /** Logins and `organisation/team` whose review the pull request waits for. */
  readonly reviewers: readonly string[];
  /** Changed files from the repository's top. Null: the payload does not name them. */
  readonly paths: readonly string[] | null;
  /** The number of the pull request it is about. Null: about none. */
  readonly pullRequest: number | null;
  /** Equal for all that concerns one issue or pull request: `acme/api#12`. Null: about none. */
  readonly thread: string | null;
  /** How it ended, as the provider says: `success`, `failure`, `timed_out`. Null: it does not end. */
  readonly conclusion: string | null;
  readonly severity: Severity | null;
  /** Null where there is nothing to compare: it does not recur, or ended without a verdict (cancelled, skipped). */
  readonly result: RunResult | null;
  /** Known once `result` was compared with what is stored. */
  readonly transition: Transition | null;
  /** Whom the rule that tells it wants called; empty before it is routed. */
  readonly mentions: readonly Mention[];
  /** Milliseconds since 1970, by the provider's clock. Null when it does not say. */
  readonly occurredAt: number | null;
  /** Equal for two events that tell the same thing (an organisation hook and a repository hook). */
  readonly dedupKey: string;
  /**
   * Equal for one happening however it came, by webhook or by poll: `pull_request.merged acme/api #12`. Null where the
   * provider gives nothing to know it by.
   */
  readonly echoKey: string | null;
}

/** What an activity holds of each field that its event says nothing of. */
export const UNSAID = {
  did: null,
  isMinor: false,
  org: null,
  excerpt: null,
  facts: [],
  labels: [],
  branch: null,
  head: null,
  tag: null,
  isDraft: false,
  isFork: false,
  author: null,
  asked: [],
  assignees: [],
  reviewers: [],
  paths: null,
  pullRequest: null,
  thread: null,
  conclusion: null,
  severity: null,
  result: null,
  transition: null,
  mentions: [],
  occurredAt: null,
  echoKey: null,
} as const satisfies Partial<Activity>;
