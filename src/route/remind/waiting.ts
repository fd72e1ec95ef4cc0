import type { Compared } from '../../model/activity.ts';
import type { FactValue, SubjectState } from '../../model/known/card.ts';
import { askedSince, reviewedAt, reviewersOf } from '../../model/known/reviewers.ts';
import { activity } from '../../model/new-activity.ts';
import { PULL_REQUEST, type Reminded, type Reminder, type Turn, type WaitingPull } from '../../model/reminder.ts';
import type { Directory } from '../../model/rule.ts';
import { createRoute } from '../route.ts';

/** So many are listed; all are counted. */
const MOST_LISTED = 50;
/** So many people are named. */
const MOST_PEOPLE = 50;

/** What waits, asked of one subject after the other: a database may hold many. */
export interface Waiters {
  add(subject: SubjectState): void;
  /** Null: nothing waits, and nobody is told. */
  reminded(dueAt: number): Reminded | null;
}

/**
 * The open pull requests that this reminder is about and that wait at `now` for as long as it says, whose turn it is, and since when.
 * Pure but for what was added. Which ones it is about is what a rule with these filters would say of them.
 */
export function createWaiters({ name, rule, olderThanMs }: Reminder, directory: Directory, now: number): Waiters {
  const route = createRoute([{ ...rule, to: ['-'], quiet: null, settleMs: 0 }], directory);
  const found: WaitingPull[] = [];
  return {
    add(subject) {
      const pull = waitingPull(subject);
      if (pull === null || now - pull.since < olderThanMs) return;
      if (route(asked(subject, pull), now).tell.length > 0) found.push(pull);
    },
    reminded(dueAt) {
      if (found.length === 0) return null;
      const pulls = found.toSorted((a, b) => a.since - b.since || compare(nameOf(a), nameOf(b)));
      return {
        reminder: name,
        dueAt,
        total: pulls.length,
        people: peopleOf(pulls),
        pulls: pulls.slice(0, MOST_LISTED),
      };
    },
  };
}

/** Null: it is no pull request, or it is over. */
export function waitingPull(subject: SubjectState): WaitingPull | null {
  const { thread, facts } = subject;
  const state = textOf(facts['state']?.value);
  if (facts['noun']?.value !== 'pull request' || (state !== 'open' && state !== 'draft')) return null;
  const author = textOf(facts['author']?.value);
  const needed = facts['needed']?.value;
  const enough = typeof needed === 'number' && needed >= 0 ? needed : null;
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
    place: textOf(facts['place']?.value) ?? place,
    handle: textOf(facts['handle']?.value) ?? (number && `#${number}`),
    title: textOf(facts['title']?.value) ?? '',
    url: textOf(facts['url']?.value),
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
  const author = textOf(facts['author']?.value);
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
      branch: textOf(facts['base']?.value),
      head: textOf(facts['head']?.value),
      labels: listOf(facts['labels']?.value),
      assignees: listOf(facts['assignees']?.value),
      author,
      isDraft: turn === 'draft',
    }),
    transition: null,
  };
}

function peopleOf(pulls: readonly WaitingPull[]): Reminded['people'] {
  const counts = new Map<string, number>();
  for (const name of pulls.flatMap(({ on }) => on)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].toSorted(([a, x], [b, y]) => y - x || compare(a, b)).slice(0, MOST_PEOPLE);
}

const nameOf = ({ place, handle }: WaitingPull) => `${place}${handle}`;

/** Of code units: the same wherever it runs. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function textOf(value: FactValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function listOf(value: FactValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
