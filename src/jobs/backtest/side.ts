import type { Settled } from '../../model/event.ts';
import type { Expansion } from '../../model/inbox/backlog.ts';
import type { Decision, Route, RuleTrace, Telling } from '../../model/rule.ts';
import { settledActivity } from '../expand-event.ts';
import type { Said } from './said.ts';
import { Told } from './told.ts';

/** One set of rules. */
export interface Rules {
  readonly route: Route;
  /** Names of the sources that are configured beside them. */
  readonly sources: ReadonlySet<string>;
}

/** What one set of rules makes of one event, in the end. */
export interface Ruling {
  readonly tell: readonly Telling[];
  readonly rules: readonly RuleTrace[];
  /** Destinations that would be told if the changed files, which are not stored, were the right ones. */
  readonly unknown: readonly string[];
  /** Destinations that were told the same before. */
  readonly repeated: readonly string[];
  /** Why no rule answered. Null: they did. */
  readonly unasked: string | null;
}

function unasked(why: string): Ruling {
  return { tell: [], rules: [], unknown: [], repeated: [], unasked: why };
}

interface Waiting {
  readonly said: Said;
  readonly until: number;
  readonly give: (ruling: Ruling) => void;
  settled: Settled;
}

/** One set of rules, asked about events in order; those that settle are ruled on later, as in the expander. */
export class Side {
  readonly #rules: Rules;
  readonly #told = new Told();
  #waiting: Waiting[] = [];

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  /** `give` is called once: now, or when it has settled. */
  ask(said: Said, give: (ruling: Ruling) => void): void {
    const { route, sources } = this.#rules;
    if (!sources.has(said.source)) {
      give(unasked(`no source ${said.source}`));
      return;
    }
    const decision = decisionOf(route, said);
    if (typeof decision === 'string' || decision.settleMs === 0) give(this.#ruling(said, decision));
    else {
      const until = said.receivedAt + decision.settleMs;
      this.#waiting.push({ said, until, give, settled: { labels: null, isDraft: null } });
    }
  }

  /** What a later event says of a thread. */
  hear(news: NonNullable<Expansion['news']>): void {
    for (const waiting of this.#waiting) {
      if (waiting.said.activity.keys.thread !== news.thread) continue;
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
    for (const { said, settled, give } of due) {
      const learned = { ...said, activity: settledActivity({ settled }, said.activity) };
      give(this.#ruling(learned, decisionOf(this.#rules.route, learned)));
    }
  }

  #ruling(said: Said, decision: Decision | string): Ruling {
    if (typeof decision === 'string') return unasked(decision);
    const { tell, trace, wantsPaths } = decision;
    const told = tell.filter(({ destination }) => this.#told.add(destination, said));
    const repeated = tell.flatMap((telling) => (told.includes(telling) ? [] : telling.destination));
    const unknown = wantsPaths ? waitingForFiles(trace.rules, tell) : [];
    return { tell: told, rules: trace.rules, unknown, repeated, unasked: null };
  }
}

/** Or why there is none: such an event is `failed`. */
function decisionOf(route: Route, said: Said): Decision | string {
  try {
    return route(said, said.receivedAt);
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
