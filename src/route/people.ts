import type { Activity } from '../model/activity.ts';
import { AUDIENCES, type Mention } from '../model/notification.ts';
import {
  type Direct,
  type Directory,
  type Later,
  type Recipient,
  type Rule,
  TELLABLE,
  type Telling,
} from '../model/rule.ts';
import type { Sought } from '../model/sought.ts';
import { lasting } from '../shared/time-words.ts';
import { namesOf } from './mentions.ts';

/** A rule that matched and names people. */
export interface Seeking {
  readonly rule: Rule;
  /** As of the telling. */
  readonly notBefore: number | null;
  readonly said: Said;
}

/** Its words, and how what it tells is shown, where it says so. */
export type Said = Pick<Telling, 'wording' | 'thread' | 'card' | 'broadcast'>;

export interface Found {
  /** One for each destination that tells people, if it tells any. */
  readonly tellings: readonly Telling[];
  /** None of those who are told at once. */
  readonly later: readonly Later[];
  readonly sought: readonly Sought[];
}

interface Asked {
  readonly activity: Activity;
  readonly directory: Directory;
  /** What is told anyway, where others may read it. */
  readonly tell: ReadonlyMap<string, Telling>;
}

/** One word stands for so many at most: whoever sends may name thousands, and all of it is stored. */
const MOST = 200;

/**
 * Who is told by direct message, each once: nobody whom the directory does not know, never who did it, and nobody who reads it anyway,
 * being called by name elsewhere or having a destination of their own that is told.
 */
export function findPeople(seeking: readonly Seeking[], asked: Asked): Found {
  const direct = asked.directory.direct ?? { by: new Set(), types: new Map() };
  const recipients = new Map<string, Recipient>();
  const later = new Map<Rule, Set<string>>();
  const sought = seeking.flatMap(({ rule, notBefore }) =>
    (rule.people ?? []).map((word): Sought => {
      const told: string[] = [];
      const left = new Map<string, string>();
      const persons = [...personsOf(word, asked)];
      for (const [login, name] of persons.slice(0, MOST)) {
        const why = whyNot(login, direct, asked);
        if (why !== null) left.set(name, why);
        else if (rule.afterMs !== undefined) {
          left.set(name, `in ${lasting(rule.afterMs)}, if nothing happens until then`);
          later.set(rule, (later.get(rule) ?? new Set()).add(login));
        } else {
          told.push(name);
          const before = recipients.get(login);
          const mention = { name, ids: asked.directory.people.get(login)?.ids ?? {} };
          recipients.set(login, { mention, rule: rule.name, notBefore, ...(before && sooner(before, notBefore)) });
        }
      }
      if (persons.length > MOST) left.set(`${persons.length - MOST} more`, `more than ${MOST}`);
      return { rule: rule.name, word, told, left: Object.fromEntries(left) };
    }),
  );
  const tellings = Array.from(direct.by, (destination) => {
    const known = [...recipients.values()].filter(({ mention }) => isAt(mention, destination, direct));
    return telling(destination, known, seeking);
  });
  return { tellings: tellings.filter((each) => each !== null), later: laterOf(later, recipients), sought };
}

function laterOf(
  later: ReadonlyMap<Rule, ReadonlySet<string>>,
  recipients: ReadonlyMap<string, Recipient>,
): readonly Later[] {
  return Array.from(later, ([{ name, afterMs = 0 }, logins]) => {
    return { rule: name, afterMs, people: [...logins].filter((login) => !recipients.has(login)) };
  }).filter(({ people }) => people.length > 0);
}

function sooner(before: Recipient, notBefore: number | null): Recipient {
  const both = before.notBefore !== null && notBefore !== null;
  return { ...before, notBefore: both ? Math.min(before.notBefore, notBefore) : null };
}

function telling(destination: string, recipients: readonly Recipient[], seeking: readonly Seeking[]): Telling | null {
  const [first] = recipients;
  if (first === undefined) return null;
  const { rule, notBefore } = first;
  const said = seeking.reduceRight((later, each) => ({ ...later, ...each.said }), {});
  return { ...said, destination, rule, notBefore, mentions: recipients.map(({ mention }) => mention), recipients };
}

/** Logins and teams for which a rule's words stand, each behind an `@`. */
export function namedBy(words: readonly string[], asked: Pick<Asked, 'activity' | 'directory'>): readonly string[] {
  return words.flatMap((word) => [...personsOf(word, asked).keys()]);
}

/** Whom rules may mean: those for everybody mean nobody. */
export function wordsOfRules(rules: readonly Pick<Rule, 'people' | 'mention'>[]): readonly string[] {
  const words = rules.flatMap(({ people = [], mention }) => [
    ...people,
    ...mention.filter((word) => !AUDIENCES.some((audience) => audience === word)),
  ]);
  return [...new Set(words.map((word) => (word.startsWith('@') ? word : `@${word}`)))];
}

/** Login in lower case → as it is written, or the name of a team of which no members are known. */
function personsOf(
  word: string,
  { activity, directory: { teams } }: Pick<Asked, 'activity' | 'directory'>,
): ReadonlyMap<string, string> {
  const bare = word.slice(1);
  const names = TELLABLE.some((each) => each === bare) ? namesOf(bare, activity) : [bare];
  const logins = names.flatMap((name) => {
    const members = teams.get(name.toLowerCase())?.members;
    return members === undefined || members.size === 0 ? [name] : [...members];
  });
  const persons = new Map<string, string>();
  for (const name of logins) persons.set(name.toLowerCase(), persons.get(name.toLowerCase()) ?? name);
  return persons;
}

function whyNot(login: string, direct: Direct, { activity, directory, tell }: Asked): string | null {
  if (login === activity.actor?.login.toLowerCase()) return 'did it';
  if (login.includes('/')) return directory.teams.has(login) ? 'has no members in teams' : 'unknown to teams';
  const person = directory.people.get(login);
  if (person === undefined) return 'unknown to people';
  const mention = { name: login, ids: person.ids };
  if (![...direct.by].some((destination) => isAt(mention, destination, direct))) return 'no id in people';
  const reads = [...tell.values()].find(({ destination, mentions }) => {
    return directory.owners.get(destination) === login || mentions.some((each) => isCalled(each, login, destination));
  });
  if (reads === undefined) return null;
  return directory.owners.get(reads.destination) === login
    ? `told in ${reads.destination}`
    : `called in ${reads.destination}`;

  function isCalled(called: Mention, whom: string, destination: string): boolean {
    if (called.audience !== undefined || !isAt(called, destination, direct)) return false;
    const name = called.name.toLowerCase();
    return name === whom || (directory.teams.get(name)?.members.has(whom) ?? false);
  }
}

function isAt({ ids }: Mention, destination: string, { types }: Direct): boolean {
  return ids[types.get(destination) ?? ''] !== undefined;
}
