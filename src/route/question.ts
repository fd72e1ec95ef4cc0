import type { Activity } from '../model/activity.ts';
import type { Check } from '../model/rule.ts';
import { redact } from '../shared/redact.ts';
import { type ActivityValue, activityValue } from './condition/condition-fields.ts';
import { StepBudget } from './steps.ts';

/** An activity with what many questions look at, worked out once for all rules. */
export class View {
  readonly activity: Activity;
  /** What asking has cost, over all rules. */
  readonly steps = new StepBudget();
  #labels: ReadonlySet<string> | undefined;
  #labelsText: string | undefined;
  #value: ActivityValue | undefined;

  constructor(activity: Activity) {
    this.activity = activity;
  }

  /** In lower case: GitHub allows only one spelling of a label in a repository. */
  get labels(): ReadonlySet<string> {
    return (this.#labels ??= new Set(this.activity.labels.map((label) => label.toLowerCase())));
  }

  get labelsText(): string {
    return (this.#labelsText ??= cut(this.activity.labels.join(', ') || 'no labels'));
  }

  /** For conditions. */
  get value(): ActivityValue {
    return (this.#value ??= activityValue(this.activity));
  }
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
  see: (activity: Activity, view: View) => Seen,
  may: Question['may'] = null,
): Question {
  // A rule may hold what came out of a variable.
  const short = cut(redact(wanted));
  return {
    may,
    ask: (view) => {
      const { actual, ok } = see(view.activity, view);
      return { check, wanted: short, actual: cut(actual), ok };
    },
  };
}
