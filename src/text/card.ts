import type { FactValue, SubjectState } from '../model/known/card.ts';
import { listOfFact, textOfFact } from '../model/known/read-fact.ts';
import { type Reviewers, reviewersOf } from '../model/known/reviewers.ts';
import { oneLine } from './plain.ts';
import { counted, enumerated, grouped, spaced } from './words.ts';

export interface CardContent {
  readonly subject: Pick<SubjectState, 'thread' | 'facts'>;
  readonly checks: Pick<SubjectState, 'facts'> | null;
}

/** What a card says, in the words of whoever wrote them: every renderer escapes it. Texts are '' where nothing is known. */
export interface CardWords {
  readonly sign: string;
  /** `open`, `changes requested`, `merged`. */
  readonly state: string;
  /** `#12 Uploads fail on Safari`; the thread where it has neither. */
  readonly name: string;
  readonly url: string | null;
  readonly place: string;
  readonly author: string;
  readonly base: string;
  readonly head: string;
  /** `+12 −3 in 2 files` */
  readonly size: string;
  readonly comments: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly reviewers: readonly Reviewer[];
  /** `🔴 3 of 5 checks, failed: lint` */
  readonly checks: string;
  readonly latest: string;
}

export interface Reviewer {
  readonly login: string;
  readonly sign: string;
}

type Facts = SubjectState['facts'];

const STATES: Readonly<Record<string, string>> = {
  open: '🟢',
  draft: '⚪',
  'changes requested': '🟠',
  approved: '✅',
  merged: '🟣',
  closed: '🔴',
  acknowledged: '🟡',
  resolved: '✅',
};
const SIGNS: Readonly<Record<keyof Reviewers, string>> = {
  approved: '✅',
  changes: '🟠',
  commented: '💬',
  asked: '🟡',
};

/** All of it from facts, which are the same whatever the order of events was. */
export function cardWords({ subject, checks }: CardContent): CardWords {
  const { facts } = subject;
  const reviewers = reviewersOf(subject);
  const state = stateOf(facts, reviewers);
  const text = (name: string) => oneLine(textOfFact(facts, name) ?? '');
  return {
    sign: (Object.hasOwn(STATES, state) && STATES[state]) || '⚪',
    state,
    name: [text('handle'), text('title')].filter(Boolean).join(' ') || oneLine(subject.thread),
    url: textOfFact(facts, 'url') || null,
    place: text('place'),
    author: text('author'),
    base: text('base'),
    head: text('head'),
    size: sizeOf(facts),
    comments: commentsOf(facts),
    labels: listIn(facts, 'labels'),
    assignees: listIn(facts, 'assignees'),
    reviewers: signed(reviewers),
    checks: checks === null ? '' : checksOf(checks.facts),
    latest: text('latest'),
  };
}

/** Of what is open its reviews say more: whose turn it is. */
function stateOf(facts: Facts, { changes, approved }: Reviewers): string {
  const state = spaced(oneLine(textOfFact(facts, 'state') ?? ''));
  if (state !== 'open') return state;
  if (changes.length > 0) return 'changes requested';
  const needed = numberIn(facts['needed']?.value) ?? 1;
  return approved.length > 0 && approved.length >= needed ? 'approved' : state;
}

/** In the order of their names. */
function signed(reviewers: Reviewers): readonly Reviewer[] {
  const all = Object.entries(SIGNS).flatMap(([where, sign]) =>
    reviewers[where as keyof Reviewers].map((login) => ({ login, sign })),
  );
  return all
    .toSorted((a, b) => (a.login < b.login ? -1 : 1))
    .map(({ login, sign }) => ({ login: oneLine(login), sign }));
}

/** Those that were skipped count for nothing. */
function checksOf(facts: Facts): string {
  const all = family(facts, 'check:').filter(([, value]) => value !== null && value !== 'skipped');
  const ended = (how: string) => all.filter(([, value]) => value === how).map(([name]) => oneLine(name));
  const [passed, failed] = [ended('passed'), ended('failed')];
  if (all.length === 0) return '';
  if (passed.length === all.length) return `✅ ${counted(all.length, 'check')} passed`;
  const progress = `${grouped(passed.length)} of ${counted(all.length, 'check')}`;
  return failed.length === 0 ? `🟡 ${progress}` : `🔴 ${progress}, failed: ${enumerated(failed, 5)}`;
}

function sizeOf(facts: Facts): string {
  const [additions, deletions, files] = ['additions', 'deletions', 'files'].map((name) => numberIn(facts[name]?.value));
  const lines =
    (additions ?? deletions ?? null) === null ? '' : `+${grouped(additions ?? 0)} −${grouped(deletions ?? 0)}`;
  return [lines, typeof files === 'number' ? counted(files, 'file') : ''].filter(Boolean).join(' in ');
}

function commentsOf(facts: Facts): string {
  const comments = numberIn(facts['comments']?.value) ?? 0;
  return comments === 0 ? '' : counted(comments, 'comment');
}

function family(facts: Facts, prefix: string): readonly (readonly [name: string, value: FactValue])[] {
  return Object.entries(facts).flatMap(([name, { value }]) => {
    return name.startsWith(prefix) ? [[name.slice(prefix.length), value] as const] : [];
  });
}

function numberIn(value: FactValue | undefined): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function listIn(facts: Facts, name: string): readonly string[] {
  return listOfFact(facts, name).map(oneLine).filter(Boolean);
}
