import type { Waits } from '../../model/desk.ts';
import type { Subjects } from '../../model/inbox/subjects.ts';
import type { SubjectState } from '../../model/known/card.ts';
import { checksOf } from '../../model/known/facts.ts';
import { textOfFact } from '../../model/known/read-fact.ts';
import { askedSince, reviewersOf } from '../../model/known/reviewers.ts';
import type { WaitingPull } from '../../model/reminder.ts';
import type { Directory } from '../../model/rule.ts';
import { Branches, waitingPull } from '../../route/remind/waiting.ts';

const PAGE = 500;
const MOST = 50;

type Found = Omit<Waits, 'since'> & { readonly since: number };

/** Open pull requests that wait on a person: for their review, or, their own, for them to merge or mend. */
export async function waitingOn(
  login: string,
  subjects: Pick<Subjects, 'subjects' | 'subjectsAfter'>,
  directory: Directory,
): Promise<readonly Waits[]> {
  const names = namesOf(login, directory);
  const branches = new Branches();
  const own: Own[] = [];
  const found: Found[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const page = await subjects.subjectsAfter(after, PAGE);
    for (const subject of page) branches.add(subject);
    const theirs = page.filter((subject) => isOwn(subject, login) && waitingPull(subject) !== null);
    const checks = await subjects.subjects(theirs.map(({ facts }) => checksOf(facts) ?? ''));
    own.push(...theirs.map((subject, index) => ({ subject, checks: checks[index] ?? null })));
    found.push(...page.filter((subject) => !isOwn(subject, login)).flatMap((subject) => reviewOf(subject, names)));
    after = page.at(-1)?.thread ?? null;
  }
  found.push(...own.flatMap((each) => ownTurn(each, branches)));
  return found.toSorted((a, b) => a.since - b.since).slice(0, MOST);
}

/** Theirs, and those of the teams they are in. In lower case. */
function namesOf(login: string, { teams }: Directory): ReadonlySet<string> {
  const own = login.toLowerCase();
  return new Set([own, ...[...teams].flatMap(([team, { members }]) => (members.has(own) ? [team.toLowerCase()] : []))]);
}

function isOwn({ facts }: SubjectState, login: string): boolean {
  return textOfFact(facts, 'author')?.toLowerCase() === login.toLowerCase();
}

/** Whoever else opened it: a review that is asked for. */
function reviewOf(subject: SubjectState, names: ReadonlySet<string>): readonly Found[] {
  const pull = waitingPull(subject);
  if (pull === null || pull.turn === 'draft') return [];
  const asked = reviewersOf(subject).asked.filter((name) => names.has(name.toLowerCase()));
  if (asked.length === 0) return [];
  const since = Math.min(...asked.map((name) => askedSince(subject, name) ?? pull.since));
  return [{ ...named(subject, pull), what: 'review', since }];
}

interface Own {
  readonly subject: SubjectState;
  readonly checks: SubjectState | null;
}

/** How many approvals it needs its branch may say, which is known once all are read. */
function ownTurn({ subject, checks }: Own, branches: Branches): readonly Found[] {
  const pull = waitingPull(subject, branches.neededBy(subject));
  if (pull === null || pull.turn === 'draft') return [];
  const waits = (what: Waits['what'], since: number) => [{ ...named(subject, pull), what, since }];
  const failedAt = failureOf(checks);
  if (pull.turn === 'changes') return waits('blocked', pull.since);
  if (failedAt !== null) return waits('blocked', failedAt);
  return pull.turn === 'merge' ? waits('ready', pull.since) : [];
}

function named({ thread }: SubjectState, { handle, title, url }: WaitingPull): Pick<Found, 'thread' | 'name' | 'url'> {
  return { thread, name: `${handle} ${title}`.trim(), url };
}

/** Since when the first of its checks has failed, ms since 1970. Null: none has. */
function failureOf(checks: SubjectState | null): number | null {
  const failed = Object.entries(checks?.facts ?? {}).filter(([name, { value }]) => {
    return name.startsWith('check:') && value === 'failed';
  });
  return failed.length === 0 ? null : Math.min(...failed.map(([, { at }]) => at));
}
