import type { Waits } from '../../model/desk.ts';
import type { Subjects } from '../../model/inbox/subjects.ts';
import type { SubjectState } from '../../model/known/card.ts';
import { checksOf } from '../../model/known/facts.ts';
import { reviewersOf } from '../../model/known/reviewers.ts';
import type { Directory } from '../../model/rule.ts';
import { waitingPull } from '../../route/remind/waiting.ts';

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
  const found: Found[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const page = await subjects.subjectsAfter(after, PAGE);
    const own = page.filter((subject) => isOwn(subject, login));
    const checks = await subjects.subjects(own.map(({ facts }) => checksOf(facts) ?? ''));
    const checked = new Map(own.map(({ thread }, index) => [thread, checks[index] ?? null]));
    found.push(...page.flatMap((subject) => waitsOn(subject, names, checked)));
    after = page.at(-1)?.thread ?? null;
  }
  return found.toSorted((a, b) => a.since - b.since).slice(0, MOST);
}

/** Theirs, and those of the teams they are in. In lower case. */
function namesOf(login: string, { teams }: Directory): ReadonlySet<string> {
  const own = login.toLowerCase();
  return new Set([own, ...[...teams].flatMap(([team, { members }]) => (members.has(own) ? [team.toLowerCase()] : []))]);
}

function isOwn({ facts }: SubjectState, login: string): boolean {
  const author = facts['author']?.value;
  return typeof author === 'string' && author.toLowerCase() === login.toLowerCase();
}

function waitsOn(
  subject: SubjectState,
  names: ReadonlySet<string>,
  checked: ReadonlyMap<string, SubjectState | null>,
): readonly Found[] {
  const pull = waitingPull(subject);
  if (pull === null || pull.turn === 'draft') return [];
  const { handle, title, url } = pull;
  const waits = (what: Waits['what'], since: number) => {
    return { thread: subject.thread, name: `${handle} ${title}`.trim(), url, since, what };
  };
  if (checked.has(subject.thread)) {
    const failedAt = failureOf(checked.get(subject.thread) ?? null);
    if (pull.turn === 'changes') return [waits('blocked', pull.since)];
    if (failedAt !== null) return [waits('blocked', failedAt)];
    return pull.turn === 'merge' ? [waits('ready', pull.since)] : [];
  }
  const asked = reviewersOf(subject).asked.filter((name) => names.has(name.toLowerCase()));
  if (asked.length === 0) return [];
  return [waits('review', Math.min(...asked.map((name) => subject.facts[`asked:${name}`]?.at ?? pull.since)))];
}

/** Since when the first of its checks has failed, ms since 1970. Null: none has. */
function failureOf(checks: SubjectState | null): number | null {
  const failed = Object.entries(checks?.facts ?? {}).filter(([name, { value }]) => {
    return name.startsWith('check:') && value === 'failed';
  });
  return failed.length === 0 ? null : Math.min(...failed.map(([, { at }]) => at));
}
