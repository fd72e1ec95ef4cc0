import type { Settled } from '../../model/event.ts';
import type { Expansion } from '../../model/inbox/backlog.ts';
import type { Decision, Route, RuleTrace, Telling } from '../../model/rule.ts';
import { settledActivity } from '../expand/expand-event.ts';
import { type Taker, takersOf } from '../expand/take-all.ts';
import { PostedKeys } from './posted-keys.ts';
import type { ReadableEvent } from './readable-event.ts';

/** One set of rules. */
export interface Rules {
  readonly route: Route;
  /** Names of the sources that are configured beside them. */
  readonly sources: ReadonlySet<string>;
  /** Some of them, or of the sources, have a template: then bodies are kept until they have been compared. */
  readonly hasTemplates?: boolean;
  /** Of the destinations beside them, those that take all of some source. */
  readonly takers?: readonly Taker[];
}

/** What one set of rules makes of one event, in the end. */
export interface Ruling {
  readonly tell: readonly Telling[];
  /** Destinations that take all of its source, whatever rules say. */
  readonly taken: readonly string[];
  readonly rules: readonly RuleTrace[];
  /** Destinations that would be told if the changed files, which are not stored, were the right ones. */
  readonly unknown: readonly string[];
  /** Destinations that were told the same before. */
  readonly repeated: readonly string[];
  /** Why no rule answered. Null: they did. */
  readonly unasked: string | null;
}

function unasked(why: string, taken: readonly string[] = []): Ruling {
  return { tell: [], taken, rules: [], unknown: [], repeated: [], unasked: why };
}

interface Waiting {
  readonly event: ReadableEvent;
  readonly until: number;
  readonly give: (ruling: Ruling) => void;
  settled: Settled;
}

/** One set of rules, asked about events in order; those that settle are ruled on later, as in the expander. */
export class Side {
  readonly #rules: Rules;
  readonly #posted = new PostedKeys();
  #waiting: Waiting[] = [];

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  /** `give` is called once: now, or when it has settled. */
  ask(event: ReadableEvent, give: (ruling: Ruling) => void): void {
    const { route, sources } = this.#rules;
    if (!sources.has(event.source)) {
      give(unasked(`no source ${event.source}`));
      return;
    }
    const decision = event.isUnsaid ? 'it says nothing that rules are asked about' : decisionOf(route, event);
    if (typeof decision === 'string' || decision.settleMs === 0) give(this.#ruling(event, decision));
    else {
      const until = event.receivedAt + decision.settleMs;
      this.#waiting.push({ event, until, give, settled: { labels: null, isDraft: null } });
    }
  }

  /** What a later event says of a thread. */
  hear(news: NonNullable<Expansion['news']>): void {
    for (const waiting of this.#waiting) {
      if (waiting.event.activity.keys.thread !== news.thread) continue;
      const { labels, isDraft } = waiting.settled;
      waiting.settled = { labels: news.settled.labels ?? labels, isDraft: news.settled.isDraft ?? isDraft };
    }
  }

  /** Rules on everything that has settled by `now`. */
  settle(now: number): void {
    if (this.#waiting.length === 0) return;
    const [due, rest] = [
      this.#waiting.filter(({ until }) => until <= now),
      this.#waiting.filter(({ until }) => until > now),
    ];
    this.#waiting = rest;
    for (const { event, settled, give } of due) {
      const learned = { ...event, activity: settledActivity({ settled }, event.activity) };
      give(this.#ruling(learned, decisionOf(this.#rules.route, learned)));
    }
  }

  #ruling(event: ReadableEvent, decision: Decision | string): Ruling {
    const taken = takersOf(event, this.#rules.takers ?? []);
    if (typeof decision === 'string') return unasked(decision, taken);
    const { tell, trace, wantsPaths } = decision;
    const told = tell.filter(({ destination }) => this.#posted.add(destination, event));
    const repeated = tell.flatMap((telling) => (told.includes(telling) ? [] : telling.destination));
    const unknown = wantsPaths ? waitingForFiles(trace.rules, tell) : [];
    return { tell: told, taken, rules: trace.rules, unknown, repeated, unasked: null };
  }
}

/** Or why there is none: such an event is `failed`. */
function decisionOf(route: Route, event: ReadableEvent): Decision | string {
  try {
    return route(event, event.receivedAt);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function waitingForFiles(rules: readonly RuleTrace[], tell: readonly Telling[]): readonly string[] {
  const told = new Set(tell.map(({ destination }) => destination));
  return rules
    .filter(
      ({ result, checks }) => result === 'no_match' && checks.every(({ check, ok }) => ok || check === 'on.paths'),
    )
    .flatMap(({ to }) => to.filter((destination) => !told.has(destination)));
}
