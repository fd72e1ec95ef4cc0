import type { Activity, Compared } from '../model/activity.ts';
import type { Check } from '../model/rule.ts';
import { redact } from '../shared/secrets/redact.ts';
import { type ActivityValue, activityValue } from './condition/condition-fields.ts';
import { StepBudget } from './steps.ts';

/** A list of the activity's, as labels are asked for. */
interface Labels {
  /** In words; '' for none. */
  readonly text: string;
  /** Asked in lower case: GitHub allows only one spelling of a label in a repository. */
  readonly has: (label: string) => boolean;
}

/** An activity with what many questions look at, worked out once for all rules. */
export class View {
  readonly activity: Activity;
  /** By name, with what is known only now. */
  readonly facets: Readonly<Record<string, unknown>>;
  /** What asking has cost, over all rules. */
  readonly steps = new StepBudget();
  readonly #asked: Compared;
  readonly #labels = new Map<string, Labels>();
  #value: ActivityValue | undefined;

  constructor(asked: Compared) {
    this.#asked = asked;
    this.activity = asked.activity;
    this.facets = { ...asked.activity.facets, transition: asked.transition };
  }

  labels(facet: string): Labels {
    const known = this.#labels.get(facet) ?? labelsOf(this.facets[facet]);
    this.#labels.set(facet, known);
    return known;
  }

  /** For conditions. */
  get value(): ActivityValue {
    return (this.#value ??= activityValue(this.#asked));
  }
}

function labelsOf(list: unknown): Labels {
  const labels = Array.isArray(list) ? list.map(String) : [];
  const known = new Set(labels.map((label) => label.toLowerCase()));
  return { text: cut(labels.join(', ')), has: (label) => known.has(label) };
}

export interface Seen {
  readonly actual: string;
  readonly ok: boolean;
}

/** One question of a rule, compiled once and asked of every activity. */
export interface Question {
  /** Null: nothing worth saying, it holds. */
  ask(view: View): Check | null;
  /** The answer may change: `settle` waits for labels and drafts, changed files may be asked for. */
  readonly may: 'settle' | 'know paths' | null;
}

/** Traces are stored with every event: no text in them is longer. */
const TEXT_LIMIT = 200;

export function cut(text: string): string {
  return text.length <= TEXT_LIMIT ? text : `${text.slice(0, TEXT_LIMIT - 1)}…`;
}

export function question(
  check: string,
  wanted: string,
  see: (view: View) => Seen,
  may: Question['may'] = null,
): Question {
  // A rule may hold what came out of a variable.
  const short = cut(redact(wanted));
  return {
    may,
    ask: (view) => {
      const { actual, ok } = see(view);
      return { check, wanted: short, actual: cut(actual), ok };
    },
  };
}
