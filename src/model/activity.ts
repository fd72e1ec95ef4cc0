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
  readonly tone: Tone;
  /** Who did it. Null when the provider names nobody. */
  readonly actor: Person | null;
  readonly repo: Repository | null;
  readonly subject: Subject | null;
  /** What the author wrote, in the provider's Markdown, at most 3,000 characters. Null when there is nothing worth showing. */
  readonly excerpt: string | null;
  /** Short extra facts for the small line, each plain text: `main ← retry-uploads`, `3 commits`. */
  readonly facts: readonly string[];
  readonly labels: readonly string[];
  /** `branch` is where it lands (a pull request's base, a push's branch); `head` is where it comes from. */
  readonly branch: string | null;
  readonly head: string | null;
  readonly isDraft: boolean;
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
