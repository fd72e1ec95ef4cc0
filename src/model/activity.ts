import type { Facets } from './facets.ts';
import type { Transition } from './scales.ts';

/** A person or a bot, as the provider names them. */
export interface Person {
  readonly login: string;
  readonly url: string | null;
  readonly avatarUrl: string | null;
  readonly isBot: boolean;
}

/** Where it happened: a repository, and whatever else a provider keeps its things in. */
export interface Place {
  /** `owner/name` of a repository: what a rule's `repos:` names. */
  readonly name: string;
  /** Null: it has no page. */
  readonly url: string | null;
}

/** The thing that was acted on: an issue, a pull request, a release, a commit range… */
export interface Subject {
  /** In words: `issue`, `pull request`, `release`. '' where people call it by its handle alone: `production`. */
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

/** One result of something that runs again and again. */
export interface RunResult {
  /** What ran, the same each time: `workflow_run acme/api 161335 main`. At most 400 characters. */
  readonly key: string;
  /** Which run it was: two events about one run are one result. */
  readonly run: string;
  readonly passed: boolean;
  /** The headline that says so, once it is known; without one the activity keeps its own. */
  readonly headlines: Partial<Readonly<Record<Transition, string>>>;
  /** The same for `Said.became`: `passes again on main`. */
  readonly becomes?: Partial<Readonly<Record<Transition, string>>>;
}

/** A word, or how one and how several are written where an `s` behind it is not enough: `['wants changes', 'want changes']`. */
export type Counted = string | readonly [one: string, many: string];

/** How several of a kind are told in one line: `3 reviews: 1 approved, 2 comments`, `8 pushes: 5 to main, 3 to dev`. */
export interface Sum {
  /** What is counted, as one: `push`, `review`. Kinds that count the same are added up. */
  readonly noun: Counted;
  /** What tells this one from others: `to main`, `approved`, `['comment', 'comments']`. Null: nothing does. */
  readonly part: Counted | null;
  /** What is counted where all have this part, instead of the noun and the part: `approval`. Null: `3 pushes to main`. */
  readonly alone: Counted | null;
}

/** What is told: the words, and how they look. All texts are raw: renderers escape and shorten them. */
export interface Said {
  /** What happened in a few words, sentence case, without names: `Pull request merged`. */
  readonly headline: string;
  /** The whole line, as somebody words it for these events (Template). Null: `did`, `became` or the headline say it. */
  readonly sentence: string | null;
  /**
   * What the actor did, for one-line forms, with `{it}` for the subject's noun and handle and `{repo}` for the place:
   * `merged {it}`, `starred {repo}`. Without `{repo}`, ` in <place>` follows. Null: the headline says it.
   */
  readonly did: string | null;
  /**
   * What became of the subject where nobody did it, for one-line forms that begin with the subject's handle, else its title:
   * `failed on main` is told as `CI failed on main: Retry uploads`. Whoever is the actor is not named. Null: `did` or the
   * headline says it.
   */
  readonly became: string | null;
  readonly tone: Tone;
  /** What the author wrote, in Markdown, at most 3,000 characters. Null when there is nothing worth showing. */
  readonly excerpt: string | null;
  /** The excerpt is what the actor says with this very event, a comment: one-line forms repeat its first words. */
  readonly isSpoken: boolean;
  /** Short extra facts for the small line, each plain text: `main ← retry-uploads`, `3 commits`. */
  readonly facts: readonly string[];
  /** Null: it is counted by its noun and its headline. */
  readonly sum: Sum | null;
}

/** By what it is known again. */
export interface Keys {
  /**
   * Equal for two events that tell the same thing (an organisation hook and a repository hook). It begins with the name of the
   * provider: the keys of all of them lie side by side.
   */
  readonly dedup: string;
  /**
   * Equal for one happening however it came, by webhook or by poll: `pull_request.merged acme/api #12`. Null where the
   * provider gives nothing to know it by.
   */
  readonly echo: string | null;
  /** Equal for all that concerns one issue or pull request: `acme/api#12`. Null: about none. */
  readonly thread: string | null;
  /**
   * Equal for events that are told as one message where they follow each other within a minute: pushes of one person to one
   * draft. Null: it is told by itself.
   */
  readonly burst: string | null;
}

/** What happened, normalised and provider-neutral. A normaliser makes one with `activity` (./new-activity.ts). */
export interface Activity {
  /** `<type>.<action>`, such as `pull_request.merged`: what a rule's `on:` names. */
  readonly kind: string;
  readonly type: string;
  /** Null where the provider knows no actions (push, fork). Then `kind` is the type alone. */
  readonly action: string | null;
  /** Told only where a rule names its action: it comes many times a day, or says little. */
  readonly isMinor: boolean;
  readonly source: string;
  readonly place: Place | null;
  /** The organisation or account whose it is, where that is known: also of what concerns no single place. */
  readonly account: string | null;
  /** Who did it. Null when the provider names nobody. */
  readonly actor: Person | null;
  readonly subject: Subject | null;
  /** Milliseconds since 1970, by the provider's clock. Null when it does not say. */
  readonly occurredAt: number | null;
  readonly said: Said;
  readonly facets: Facets;
  /** Null where there is nothing to compare: it does not recur, or ended without a verdict (cancelled, skipped). */
  readonly result: RunResult | null;
  readonly keys: Keys;
}

/** An activity, and how its result compares with the one before: what rules are asked about. */
export interface Compared {
  readonly activity: Activity;
  /** Null: there is nothing to compare. */
  readonly transition: Transition | null;
}
