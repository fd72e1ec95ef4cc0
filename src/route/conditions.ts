import type { Activity } from '../model/activity.ts';
import type { Check, Ignorable, OnFilter, Rule } from '../model/rule.ts';
import { compileGlobs } from './glob-list.ts';

/** An activity with what many conditions look at, worked out once for all rules. */
export interface View {
  readonly activity: Activity;
  /** In lower case: GitHub allows only one spelling of a label in a repository. */
  readonly labels: ReadonlySet<string>;
  readonly labelsText: string;
}

export function viewOf(activity: Activity): View {
  return {
    activity,
    labels: new Set(activity.labels.map((label) => label.toLowerCase())),
    labelsText: cut(activity.labels.join(', ') || 'no labels'),
  };
}

/** One question of a rule, compiled once and asked of every activity. */
export type Condition = (view: View) => Check;

/** Traces are stored with every event: no text in them is longer. */
const TEXT_LIMIT = 200;

export function cut(text: string): string {
  return text.length <= TEXT_LIMIT ? text : `${text.slice(0, TEXT_LIMIT - 1)}…`;
}

interface Seen {
  readonly actual: string;
  readonly ok: boolean;
}

function condition(check: string, wanted: string, see: (activity: Activity, view: View) => Seen): Condition {
  const short = cut(wanted);
  return (view) => {
    const { actual, ok } = see(view.activity, view);
    return { check, wanted: short, actual: cut(actual), ok };
  };
}

/** What an `on:` entry asks beyond the event type. An activity that lacks the field asked for does not match. */
export function onConditions(filter: OnFilter): readonly Condition[] {
  const conditions: Condition[] = [];
  const { types, branches, labels } = filter;
  if (types) {
    const wanted = new Set(types);
    conditions.push(
      condition('on.types', types.join(', '), ({ action }) => ({
        actual: action ?? 'no action',
        ok: action !== null && wanted.has(action),
      })),
    );
  }
  if (branches) {
    const matches = compileGlobs(branches, { ignoreCase: false });
    conditions.push(
      condition('on.branches', branches.join(', '), ({ branch }) => ({
        actual: branch ?? 'no branch',
        ok: branch !== null && matches(branch),
      })),
    );
  }
  if (labels) conditions.push(...labelConditions(labels));
  return conditions;
}

function labelConditions(labels: NonNullable<OnFilter['labels']>): readonly Condition[] {
  const ask = (
    which: 'any' | 'all' | 'none',
    holds: (wanted: readonly string[], has: (label: string) => boolean) => boolean,
  ): readonly Condition[] => {
    if (labels[which].length === 0) return [];
    const wanted = labels[which].map((label) => label.toLowerCase());
    return [
      condition(`on.labels.${which}`, labels[which].join(', '), (_, present) => ({
        actual: present.labelsText,
        ok: holds(wanted, (label) => present.labels.has(label)),
      })),
    ];
  };
  return [
    ...ask('any', (wanted, has) => wanted.some(has)),
    ...ask('all', (wanted, has) => wanted.every(has)),
    ...ask('none', (wanted, has) => !wanted.some(has)),
  ];
}

/** What a rule asks whatever the event type. Repository names have no case at GitHub. */
export function ruleConditions(rule: Rule): readonly Condition[] {
  const conditions: Condition[] = [];
  if (rule.repos) {
    const matches = compileGlobs(rule.repos, { ignoreCase: true });
    conditions.push(
      condition('repos', rule.repos.join(', '), ({ repo }) => ({
        actual: repo?.fullName ?? 'no repository',
        ok: repo !== null && matches(repo.fullName),
      })),
    );
  }
  for (const what of new Set(rule.ignore)) conditions.push(IGNORE[what]);
  return conditions;
}

/** `ignore` leaves out what is known to be so: an activity that names nobody was not made by a bot. */
const IGNORE: Record<Ignorable, Condition> = {
  bots: condition('ignore.bots', 'not a bot', ({ actor }) => {
    const who = actor?.login ?? 'nobody';
    return { actual: actor?.isBot ? `${who}, a bot` : who, ok: actor?.isBot !== true };
  }),
  drafts: condition('ignore.drafts', 'not a draft', ({ isDraft }) => ({
    actual: isDraft ? 'a draft' : 'not a draft',
    ok: !isDraft,
  })),
};
