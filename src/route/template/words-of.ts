import type { Activity, Compared } from '../../model/activity.ts';
import type { Telling, Template, Worded, WordedBy } from '../../model/rule.ts';
import { redact } from '../../shared/secrets/redact.ts';
import { StepBudget } from '../steps.ts';

/** A telling, with what is told there. */
export interface Said {
  readonly telling: Telling;
  readonly activity: Activity;
}

interface Words {
  readonly tellings: readonly Said[];
  /** What became of each template that was asked. */
  readonly worded: readonly WordedBy[];
}

/** Traces are stored with every event. */
const LONGEST_WHY = 200;

/**
 * Words what is told by the templates of whoever asked for it, each asked once. One that fails leaves the activity as it is. All of them
 * together may cost what asking the rules may. Pure.
 */
export function wordsOf(asked: Compared, tell: readonly Telling[], payload: () => unknown): Words {
  const { activity } = asked;
  const templates = new Map<Template, { readonly made: Worded; readonly by: string; readonly to: string[] }>();
  const steps = new StepBudget();
  let read: { readonly payload: unknown } | undefined;
  const tellings = tell.map((telling): Said => {
    const { destination, wording } = telling;
    if (wording === undefined) return { telling, activity };
    const { template, by } = wording;
    read ??= { payload: payload() };
    const known = templates.get(template) ?? { made: template.word(asked, read.payload, steps), by, to: [] };
    templates.set(template, known);
    known.to.push(destination);
    return { telling, activity: known.made.ok ? saying(activity, known.made.words) : activity };
  });
  const worded = Array.from(templates.values(), ({ made, by, to }): WordedBy => {
    return made.ok ? { by, to } : { by, to, why: redact(made.why).slice(0, LONGEST_WHY) };
  });
  return { tellings, worded };
}

function saying(activity: Activity, sentence: string): Activity {
  return { ...activity, said: { ...activity.said, sentence } };
}
