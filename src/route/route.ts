import type { Activity, Compared } from '../model/activity.ts';
import { splitName } from '../model/kind.ts';
import {
  type Check,
  type Decision,
  type Directory,
  filterFor,
  NOBODY,
  type OnFilter,
  type Route,
  type Rule,
  type RuleTrace,
  type Telling,
  type Template,
  type Wording,
} from '../model/rule.ts';
import { isBroadcast } from './broadcast.ts';
import { GlobLists } from './glob-list.ts';
import { mentionsOf } from './mentions.ts';
import { onQuestions } from './on-questions.ts';
import { findPeople, type Said, type Seeking } from './people.ts';
import { cut, type Question, View } from './question.ts';
import { compileQuiet, type QuietUntil } from './quiet-hours.ts';
import { ruleQuestions, withoutOwn } from './rule-questions.ts';
import { silence } from './silence.ts';
import { StepCount } from './steps.ts';

interface CompiledRule {
  readonly rule: Rule;
  /** The event types it names, in words. */
  readonly wanted: string;
  /** Some of them are whole names. */
  readonly hasNames: boolean;
  /** Event type → every question that must be answered with yes. */
  readonly byType: ReadonlyMap<string, readonly Question[]>;
  /** The same of events that it may name whole. */
  readonly byName: ReadonlyMap<string, readonly Question[]>;
  readonly quietUntil: QuietUntil | null;
  readonly wording: Wording | null;
}

/** What a rule answers, and what could still change the answer. */
interface Answer {
  readonly trace: RuleTrace;
  /** The destinations that it tells. */
  readonly to: readonly string[];
  readonly settles: boolean;
  readonly wantsPaths: boolean;
}

/**
 * Compiles the rules once (globs, sets, expressions) into the function that decides who is told of an activity. Every
 * matching rule applies, in order, until one with `stop`; a destination is told once. The decision is pure: a field that the activity
 * lacks is a condition that does not hold. It throws only when it takes too many steps (steps.ts), and says which rule took most.
 * `templates`: of sources, by their names.
 */
export function createRoute(
  rules: readonly Rule[],
  directory: Directory = NOBODY,
  templates: ReadonlyMap<string, Template> = new Map(),
): Route {
  const globs = new GlobLists();
  const compiled = rules.map((rule) => compile(rule, directory, globs));
  return (asked, now) => {
    const { activity } = asked;
    const view = new View(asked);
    const count = new StepCount(view.steps);
    const answers: Answer[] = [];
    const tell = new Map<string, Telling>();
    const seeking: Seeking[] = [];
    let settleMs = 0;
    let stopped = false;
    for (const each of compiled) {
      const answer = stopped ? notAsked(each.rule) : count.of(each.rule.name, () => ask(each, view, directory));
      answers.push(answer);
      if (answer.settles) settleMs = Math.max(settleMs, each.rule.settleMs);
      if (answer.trace.result !== 'matched') continue;
      const notBefore = each.quietUntil?.(now) ?? null;
      const said = saidBy(each, asked);
      addTellings(tell, each, { activity, directory, notBefore, said, to: answer.to });
      if (each.rule.people) seeking.push({ rule: each.rule, notBefore, said });
      stopped = each.rule.stop;
    }
    const { tellings, sought } = findPeople(seeking, { activity, directory, tell });
    for (const telling of tellings) tell.set(telling.destination, telling);
    const traces = answers.map(({ trace }) => trace);
    const ofSource = wordingOf(`source ${activity.source}`, templates.get(activity.source) ?? null);
    return {
      tell: Array.from(tell.values(), (telling) => ({ ...(ofSource && { wording: ofSource }), ...telling })),
      trace: { kind: activity.kind, rules: traces, ...(sought.length > 0 && { sought }) },
      reason: tell.size > 0 ? null : silence(activity, traces, sought),
      settleMs,
      wantsPaths: answers.some(({ wantsPaths }) => wantsPaths),
    } satisfies Decision;
  };
}

function compile(rule: Rule, directory: Directory, globs: GlobLists): CompiledRule {
  const always = ruleQuestions(rule, directory, globs);
  const all = (filter: OnFilter) => [...onQuestions(filter, { directory, globs }), ...always];
  const byType = new Map(Array.from(rule.on, ([type, filter]) => [type, all(filter)]));
  const names = [...rule.on.keys()]
    .map((name) => ({ name, ...splitName(name) }))
    .filter(({ action }) => action !== null);
  const byName = new Map(
    names.flatMap(({ name, ...event }) => {
      const filter = filterFor(rule.on, event);
      return filter === undefined ? [] : [[name, all(filter)] as const];
    }),
  );
  const quietUntil = rule.quiet && compileQuiet(rule.quiet);
  const wanted = cut([...rule.on.keys()].join(', '));
  const wording = wordingOf(`rule ${rule.name}`, rule.template);
  return { rule, wanted, hasNames: byName.size > 0, byType, byName, quietUntil, wording };
}

function wordingOf(by: string, template: Template | null): Wording | null {
  return template && { by, template };
}

/** Asks everything even after a no, so that the trace tells all there is to change. Another event type is one check. */
function ask(compiled: CompiledRule, view: View, directory: Directory): Answer {
  const { rule, wanted, hasNames } = compiled;
  const { activity } = view;
  const forType = questionsFor(compiled, activity);
  const actual = cut(hasNames ? activity.kind : activity.type);
  const checks: Check[] = [{ check: 'on', wanted, actual, ok: forType !== undefined }];
  let missed = forType === undefined ? 1 : 0;
  let mayStillSettle = 0;
  let mayKnowPaths = 0;
  for (const question of forType ?? []) {
    const check = question.ask(view);
    if (check === null) continue;
    checks.push(check);
    if (check.ok) continue;
    missed++;
    if (question.may === 'settle') mayStillSettle++;
    else if (question.may === 'know paths' && mayBeAsked(activity)) mayKnowPaths++;
  }
  const isOpen = missed === mayStillSettle + mayKnowPaths;
  const to = missed === 0 ? withoutOwn(rule, activity.actor?.login ?? null, directory) : rule.to;
  return {
    trace: { rule: rule.name, result: missed === 0 ? 'matched' : 'no_match', checks, to: named(rule, to) },
    to,
    settles: rule.settleMs > 0 && isOpen && isFresh(activity),
    wantsPaths: mayKnowPaths > 0 && isOpen,
  };
}

/** As `filterFor` finds the filter. */
function questionsFor({ byName, byType }: CompiledRule, { kind, type, action }: Activity) {
  return (action === null ? undefined : byName.get(kind)) ?? byType.get(type) ?? byType.get('*');
}

/** Somebody may know which files the pull request changes. */
function mayBeAsked({ facets: { paths, pullRequest } }: Activity): boolean {
  return paths === null && pullRequest !== null;
}

/** Labels are added right after these; later ones come as events of their own. What is opened is not a comment. */
const FRESH = new Set(['opened', 'reopened', 'ready_for_review', 'created']);

function isFresh({ type, action, keys }: Activity): boolean {
  return keys.thread !== null && action !== null && FRESH.has(action) && !type.endsWith('comment');
}

function notAsked(rule: Rule): Answer {
  const trace: RuleTrace = { rule: rule.name, result: 'not_asked', checks: [], to: named(rule, rule.to) };
  return { trace, to: rule.to, settles: false, wantsPaths: false };
}

function named({ people = [] }: Rule, to: readonly string[]): readonly string[] {
  return people.length === 0 ? to : [...to, ...people];
}

interface Match {
  readonly activity: Activity;
  readonly directory: Directory;
  readonly notBefore: number | null;
  readonly said: Said;
  readonly to: readonly string[];
}

/**
 * A second rule for the same destination adds whom it calls, and its words and how it is shown where the first says nothing of that; the one that keeps
 * still the shortest decides when.
 */
function addTellings(tell: Map<string, Telling>, { rule }: CompiledRule, match: Match): void {
  const { notBefore, said } = match;
  const mentions = mentionsOf(rule.mention, match.activity, match.directory);
  for (const destination of match.to) {
    const before = tell.get(destination);
    tell.set(
      destination,
      before === undefined
        ? { destination, rule: rule.name, mentions, notBefore, ...said }
        : {
            ...said,
            ...before,
            mentions: [
              ...before.mentions,
              ...mentions.filter(
                ({ name, audience }) => !before.mentions.some((m) => m.name === name && m.audience === audience),
              ),
            ],
            notBefore: before.notBefore === null || notBefore === null ? null : Math.min(before.notBefore, notBefore),
          },
    );
  }
}

function saidBy({ rule: { thread, card, broadcast }, wording }: CompiledRule, asked: Compared): Said {
  return {
    ...(wording && { wording }),
    ...(thread !== null && { thread }),
    ...(card !== undefined && { card }),
    ...(broadcast && { broadcast: isBroadcast(broadcast, asked) }),
  };
}
