import type { Compared } from '../../model/activity.ts';
import type { FactValue, SubjectState } from '../../model/known/card.ts';
import { listOfFact, textOfFact } from '../../model/known/read-fact.ts';
import { askedSince, reviewedAt, reviewersOf } from '../../model/known/reviewers.ts';
import { activity } from '../../model/new-activity.ts';
import { PULL_REQUEST, type Reminder, type Turn, type WaitingPull } from '../../model/reminder.ts';
import type { Directory } from '../../model/rule.ts';
import { createRoute } from '../route.ts';

/** What people call it, whoever hosts it. */
const NOUNS: ReadonlySet<FactValue | undefined> = new Set(['pull request', 'merge request']);
/** What is known of a branch: how many approvals it needs. */
export const BRANCH = 'branch';

/** How many approvals pull requests need, where it is their branches that say so: they come in any order. */
export class Branches {
  readonly #needed = new Map<string, number>();

  add(subject: SubjectState): void {
    const { noun, needed } = subject.facts;
    if (noun?.value === BRANCH && typeof needed?.value === 'number') this.#needed.set(branchOf(subject), needed.value);
  }

  /** Undefined: it is not known. */
  neededBy(pull: SubjectState): number | undefined {
    return this.#needed.get(branchOf(pull));
  }
}

/** What waits, asked of one subject after the other: a database may hold many. */
export interface Waiters {
  add(subject: SubjectState): void;
  /** Longest first. */
  pulls(): readonly WaitingPull[];
}

/**
 * The open pull requests that this reminder is about and that wait at `now` for as long as it says, whose turn it is, and since when.
 * Pure but for what was added. Which ones it is about is what a rule with these filters would say of them.
 */
export function createWaiters({ rule, olderThanMs }: Reminder, directory: Directory, now: number): Waiters {
  const route = createRoute([{ ...rule, to: ['-'], people: [], quiet: null, settleMs: 0 }], directory);
  const found: SubjectState[] = [];
  const branches = new Branches();
  return {
    add(subject) {
      branches.add(subject);
      const pull = waitingPull(subject);
      if (pull !== null && route(asked(subject, pull), now).tell.length > 0) found.push(subject);
    },
    pulls() {
      return found
        .map((subject) => waitingPull(subject, branches.neededBy(subject)))
        .filter((pull) => pull !== null)
        .filter(({ since }) => now - since >= olderThanMs)
        .toSorted((a, b) => a.since - b.since || compare(nameOf(a), nameOf(b)));
    },
  };
}

function branchOf({ facts }: SubjectState): string {
  return `${textOfFact(facts, 'place')?.toLowerCase()} ${textOfFact(facts, 'base')}`;
}

/** Null: it is no pull request, or it is over. `onBranch`: how many approvals its branch needs, where that is known. */
export function waitingPull(subject: SubjectState, onBranch?: number): WaitingPull | null {
  const { thread, facts } = subject;
  const [noun, state] = [textOfFact(facts, 'noun'), textOfFact(facts, 'state')];
  if (noun === null || !NOUNS.has(noun) || (state !== 'open' && state !== 'draft')) return null;
  const author = textOfFact(facts, 'author');
  const needed = facts['needed']?.value ?? onBranch;
  // None is no word on whether it is ready: then one is enough.
  const enough = typeof needed === 'number' && needed > 0 ? needed : null;
  const { asked, approved, changes } = reviewersOf(subject);
  const opened = (facts['opened'] ?? facts['state'])?.at ?? 0;
  const when = (names: readonly string[]) =>
    names.filter((name) => name !== author).map((name) => reviewedAt(subject, name) ?? opened);
  const approvals = when(approved);
  const { turn, since } = turnOf({
    isDraft: state === 'draft',
    changes: when(changes),
    approvals,
    needed: enough,
    asked: asked.map((name) => askedSince(subject, name) ?? opened),
    opened,
  });
  const [place = thread, number = ''] = thread.split('#');
  return {
    place: textOfFact(facts, 'place') ?? place,
    noun,
    handle: textOfFact(facts, 'handle') ?? (number && `#${number}`),
    title: textOfFact(facts, 'title') ?? '',
    url: textOfFact(facts, 'url'),
    turn,
    on: onOf(turn, author, asked),
    since,
    approvals: approvals.length,
    needed: enough,
  };
}

/** When each of it was said: ms since 1970. */
interface Situation {
  readonly isDraft: boolean;
  readonly changes: readonly number[];
  readonly approvals: readonly number[];
  readonly needed: number | null;
  readonly asked: readonly number[];
  readonly opened: number;
}

function turnOf({ isDraft, changes, approvals, needed, asked, opened }: Situation) {
  const turn = (which: Turn, since: number) => ({ turn: which, since });
  if (isDraft) return turn('draft', opened);
  if (changes.length > 0) return turn('changes', Math.max(...changes));
  const enough = needed ?? 1;
  if (approvals.length >= enough) return turn('merge', approvals.toSorted((a, b) => a - b)[enough - 1] ?? opened);
  return asked.length > 0 ? turn('review', Math.min(...asked)) : turn('nobody', opened);
}

function onOf(turn: Turn, author: string | null, asked: readonly string[]): readonly string[] {
  if (turn === 'review') return asked.toSorted(compare);
  return turn === 'nobody' || author === null ? [] : [author];
}

/** As a rule is asked of it: an event that says what is known. */
function asked({ facts }: SubjectState, { place, turn }: WaitingPull): Compared {
  const author = textOfFact(facts, 'author');
  return {
    activity: activity({
      kind: PULL_REQUEST,
      type: PULL_REQUEST,
      action: null,
      source: '',
      actor: author === null ? null : { login: author, url: null, avatarUrl: null, isBot: author.endsWith('[bot]') },
      subject: null,
      headline: '',
      tone: 'neutral',
      dedupKey: '',
      place: { name: place, url: null },
      branch: textOfFact(facts, 'base'),
      head: textOfFact(facts, 'head'),
      labels: listOfFact(facts, 'labels'),
      assignees: listOfFact(facts, 'assignees'),
      author,
      isDraft: turn === 'draft',
    }),
    transition: null,
  };
}

const nameOf = ({ place, handle }: WaitingPull) => `${place}${handle}`;

/** Of code units: the same wherever it runs. */
export function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
