import { type ActionFate, type EventCatalog, entryOf, fateOf, whyMinor, whyNever } from '../model/event-catalog.ts';
import { FACETS, type Facet, type FilterName, filterNames } from '../model/facets.ts';
import { splitName } from '../model/kind.ts';
import type { Condition, Directory, OnFilter, Rule } from '../model/rule.ts';
import { GlobLists } from './glob-list.ts';
import { StepBudget } from './steps.ts';

/** What is known of the events that rules name. */
export interface EventKnowledge {
  readonly catalog: EventCatalog;
  /** The variable whose token lets changed files be asked for. Null: they can be. */
  readonly filesToken: string | null;
  /** The names of those that receive. */
  readonly sources: readonly string[];
}

/** One entry of a rule's `on:`. */
export interface Entry {
  readonly type: string;
  readonly filter: OnFilter;
  readonly rule: Rule;
}

/** By its type, also where the rule names one event whole. */
export function entryOfRule(rule: Rule, name: string, filter: OnFilter, { catalog }: EventKnowledge): Entry {
  const { type, action } = splitName(name);
  const isWhole = action !== null && entryOf(catalog, name) === undefined && entryOf(catalog, type) !== undefined;
  return isWhole
    ? { type, filter: { ...filter, types: filter.types ?? [action] }, rule }
    : { type: name, filter, rule };
}

/** Why an entry never matches, as the end of a sentence. Null: it may. */
type Check = (entry: Entry, knowledge: EventKnowledge, directory: Directory) => string | null;

/** Why no event can ever match. Null: one may. */
export function whyInVain(entry: Entry, knowledge: EventKnowledge, directory: Directory): string | null {
  for (const check of CHECKS) {
    const why = check(entry, knowledge, directory);
    if (why !== null) return why;
  }
  return null;
}

const CHECKS: readonly Check[] = [
  onlyNever,
  onlyMinor,
  cancelledPatterns,
  ({ rule }) => cancelled('sources', rule.sources, false),
  nobodysSource,
  ({ rule }) => cancelled('repos', rule.repos, true),
  labelsApart,
  resultsApart,
  withoutResult,
  workflowsByName,
  onlyDrafts,
  nobodyOfTeam,
  alwaysFalse,
  filesUnknown,
];

/** What becomes of each action that an entry is about; null: of the event without one. Null: nobody can list them. */
export function fatesOf({ type, filter }: Entry, { catalog }: EventKnowledge): readonly Fated[] | null {
  if (type === '*') return null;
  const known = entryOf(catalog, type);
  if (filter.types !== null) return filter.types.map((action) => ({ action, fate: known && fateOf(known, action) }));
  if (known === undefined || '*' in known.actions) return null;
  return Object.entries(known.actions).map(([action, fate]) => ({ action: action === '' ? null : action, fate }));
}

interface Fated {
  readonly action: string | null;
  readonly fate: ActionFate | undefined;
}

function onlyNever(entry: Entry, knowledge: EventKnowledge): string | null {
  const [why = null, ...others] = fatesOf(entry, knowledge)?.map(({ fate }) => whyNever(fate)) ?? [];
  return why !== null && others.every((other) => other !== null) ? `it is never told, because ${why}.` : null;
}

function onlyMinor(entry: Entry, knowledge: EventKnowledge): string | null {
  const fates = entry.filter.types === null ? fatesOf(entry, knowledge) : null;
  if (fates === null || !fates.every(({ fate }) => whyMinor(fate) !== null || whyNever(fate) !== null)) return null;
  const example = fates.find(({ fate }) => whyMinor(fate) !== null)?.action ?? entry.type;
  return `all of its actions are minor, and told only where they are named. Write ${entry.type}: [${example}].`;
}

/** No rule needs to name the action. */
export function isNews({ fate }: Fated): boolean {
  return typeof fate !== 'object' || whyNever(fate) !== null;
}

const PATTERNS = /^(?:ref|paths|login|logins|names)$/;
/** Of these kinds, those without case. */
const NAMES = /^(?:login|logins|names)$/;

function cancelledPatterns({ filter }: Entry): string | null {
  for (const row of Object.values<Facet>(FACETS)) {
    if (!PATTERNS.test(row.kind)) continue;
    for (const name of filterNames(row)) {
      const why = cancelled(name, filter[name as FilterName], NAMES.test(row.kind));
      if (why !== null) return why;
    }
  }
  return null;
}

function nobodysSource({ rule: { sources } }: Entry, knowledge: EventKnowledge): string | null {
  if (sources === null) return null;
  const isWanted = new GlobLists().compile(sources, { ignoreCase: false });
  if (knowledge.sources.some((name) => isWanted(name, new StepBudget()))) return null;
  return `none of the sources is asked for. There is: ${knowledge.sources.join(', ')}.`;
}

/** What is wanted is all excluded again. */
function cancelled(key: string, patterns: readonly string[] | null, ignoreCase: boolean): string | null {
  const excluded = patterns?.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1)) ?? [];
  if (patterns === null || excluded.length === 0) return null;
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!'));
  const isOut = (pattern: string) =>
    excluded.includes(pattern) ||
    (isPlain(pattern) && new GlobLists().compile(excluded, { ignoreCase })(pattern, new StepBudget()));
  const isEmpty = excluded.includes('**') || (wanted.length > 0 && wanted.every(isOut));
  return isEmpty ? `${key} leaves out again all that it asks for.` : null;
}

function isPlain(pattern: string): boolean {
  return /^[\w./-]+$/.test(pattern);
}

function labelsApart({ filter }: Entry): string | null {
  const { 'labels.any': some, 'labels.all': all } = filter;
  const none = new Set(filter['labels.none']?.map((label) => label.toLowerCase()));
  const isOut = (label: string) => none.has(label.toLowerCase());
  const isApart = all?.some(isOut) === true || some?.every(isOut) === true;
  return isApart ? 'labels asks for what it also leaves out.' : null;
}

const GOOD = new Set(['success']);
const BAD = new Set(['action_required', 'error', 'failure', 'startup_failure', 'timed_out']);

/** `conclusion: success` with `transition: broke`. */
function resultsApart({ filter: { conclusion, transition } }: Entry): string | null {
  if (conclusion === null || transition === null) return null;
  const isBad = transition.every((each) => each === 'broke' || each === 'still_broken');
  const isGood = transition.every((each) => each === 'fixed' || each === 'still_passing');
  const apart =
    (isBad && conclusion.every((each) => GOOD.has(each))) || (isGood && conclusion.every((each) => BAD.has(each)));
  return apart ? 'conclusion and transition contradict each other.' : null;
}

const RUNS = new Set(['check_run', 'check_suite', 'workflow_job', 'workflow_run']);

/** Only what has ended has a result. */
function withoutResult({ type, filter: { types, conclusion, transition } }: Entry): string | null {
  if (!RUNS.has(type) || types === null || types.includes('completed')) return null;
  if (conclusion === null && transition === null) return null;
  return `only what is completed has a result, and types names ${types.join(', ')}. Leave types out.`;
}

/** Started by hand, a workflow is sent without its name. */
function workflowsByName({ type, filter: { workflows } }: Entry): string | null {
  const wanted = workflows?.filter((pattern) => !pattern.startsWith('!')) ?? [];
  if (type !== 'workflow_dispatch' || wanted.length === 0) return null;
  const isName = (pattern: string) => isPlain(pattern) && !/\.ya?ml$/i.test(pattern);
  return wanted.every(isName)
    ? 'it has the file of the workflow, not the name. Write it, as in workflows: ci.yml.'
    : null;
}

function onlyDrafts({ filter: { types }, rule }: Entry): string | null {
  if (!rule.ignore.includes('drafts') || types === null || !types.every((type) => type === 'converted_to_draft'))
    return null;
  return '`ignore: drafts` leaves out what has just become one.';
}

/** The members of `teams` are not among `authors`. */
function nobodyOfTeam({ filter: { authors, teams } }: Entry, _: EventKnowledge, directory: Directory): string | null {
  if (authors === null || teams === null) return null;
  const members = teams.flatMap((team) => [...(directory.teams.get(team.toLowerCase())?.members ?? [])]);
  const isAuthor = new GlobLists().compileNames(authors);
  return members.some((member) => isAuthor(member, new StepBudget())) ? null : 'nobody of teams is among authors.';
}

function alwaysFalse({ rule: { condition } }: Entry): string | null {
  if (condition === null || condition.fields.length > 0 || mayHold(condition)) return null;
  return `its if is never true: ${condition.text.trim()}`;
}

/** Of a condition that names no field. One that takes too many steps is no answer. */
function mayHold({ ask }: Condition): boolean {
  try {
    const answer = ask({}, new StepBudget());
    return answer.ok && answer.value;
  } catch {
    return true;
  }
}

/** A push names its files. */
function filesUnknown({ type, filter }: Entry, { filesToken }: EventKnowledge): string | null {
  if (filter.paths === null || filesToken === null || type === 'push' || type === '*') return null;
  return `which files it changes is not known without a token that reads the repository. Set ${filesToken}.`;
}
