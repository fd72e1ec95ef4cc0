import type { Config } from '../../config/config.ts';
import { openExisting } from '../../inbox/open-inbox.ts';
import { pagesOf } from '../../jobs/backtest/pages.ts';
import { readEvent } from '../../jobs/expand/read-event.ts';
import type { Activity } from '../../model/activity.ts';
import type { Inbox } from '../../model/inbox.ts';
import { addressThread, emailsIn, isShared, lookUpsIn, personThread } from '../../model/known/person.ts';
import { systemClock } from '../../shared/clock.ts';
import { sourcesByName } from '../sources.ts';

/** Somebody whom stored events name, and `people` does not. */
export interface UnknownPerson {
  /** As the newest event has it. */
  readonly login: string;
  readonly source: string;
  readonly events: number;
  /** When the newest was received, ms since 1970. */
  readonly lastSeenAt: number;
  /** What they were, the most frequent first: `actor`, `asked`. */
  readonly as: readonly string[];
  /** What looking them up by their address came to, in words. Null: nobody is looked up. */
  readonly lookedUp: string | null;
  /** They were found so: as if they stood in `people`. */
  readonly isFound: boolean;
}

interface Count {
  login: string;
  source: string;
  events: number;
  lastSeenAt: number;
  readonly as: Map<string, number>;
}

/** Before why it could not be asked: of anybody, so it is worth a line of its own. */
export const IN_VAIN = 'asked in vain: ';

/** So many are counted: whoever sends may make up names. */
const MOST = 10_000;

/**
 * Who did something, or was asked for it, since then and is not in `people`; those of most events first. Bots are nobody. Reads payloads
 * again, and nothing else: beside a running server or without one. @throws an Error whose message says in words why the database cannot be
 * opened
 */
export async function unknownPeople(config: Config, since: number): Promise<readonly UnknownPerson[]> {
  await using inbox = await openExisting(config.database, systemClock, 'read');
  const sources = await sourcesByName(config);
  const [newest] = await inbox.list({ limit: 1 });
  const range = { afterId: await inbox.lastBefore(since), upTo: newest?.id ?? 0 };
  const counts = new Map<string, Count>();
  const isAsked = askedIn(config);
  for await (const page of pagesOf(inbox, range)) {
    for (const event of page) {
      if (event.receivedAt < since || isAsked(event.source)) continue;
      const { activity } = await readEvent(event, sources);
      if (activity !== null) count(counts, activity, event.receivedAt);
    }
  }
  const { people } = config.directory;
  const unknown = Array.from(counts.values(), ({ as, ...person }) => ({ ...person, as: mostFirst(as) }))
    .filter(({ login }) => !people.has(login.toLowerCase()))
    .toSorted((a, b) => b.events - a.events || (a.login < b.login ? -1 : 1));
  const found: UnknownPerson[] = [];
  for (const person of unknown) found.push({ ...person, ...(await lookedUp(person.login, config, inbox)) });
  return found;
}

async function lookedUp(
  login: string,
  { directory }: Config,
  inbox: Pick<Inbox, 'subjects'>,
): Promise<Pick<UnknownPerson, 'lookedUp' | 'isFound'>> {
  if (directory.byEmail !== true) return { lookedUp: null, isFound: false };
  const [person = null] = await inbox.subjects([personThread(login)]);
  const emails = emailsIn(person);
  if (emails.length === 0) return { lookedUp: 'no address seen', isFound: false };
  const addresses = await inbox.subjects(emails.map(addressThread));
  const own = emails.filter((_, index) => !isShared(addresses[index] ?? null));
  if (own.length === 0) return { lookedUp: 'another login has the address, too', isFound: false };
  const looks = lookUpsIn(person).filter(({ looked }) => looked.id === null || own.includes(looked.email));
  if (looks.length === 0) return { lookedUp: 'not yet: when a rule names them', isFound: false };
  const words = looks.map(({ type, looked }) => {
    if (looked.id !== null) return `found: ${looked.id} (${type})`;
    return looked.hasFailed ? `${IN_VAIN}${looked.why}` : looked.why;
  });
  return { lookedUp: words.join('; '), isFound: looks.some(({ looked }) => looked.id !== null) };
}

/** Whoever asks something there has done nothing. */
function askedIn({ destinations }: Pick<Config, 'destinations'>): (source: string) => boolean {
  const asked = destinations.flatMap(({ takes, isAsked }) => (isAsked && Array.isArray(takes) ? takes : []));
  return (source) => asked.includes(source);
}

function count(counts: Map<string, Count>, activity: Activity, at: number): void {
  for (const [login, roles] of namedIn(activity)) {
    const key = login.toLowerCase();
    if (!counts.has(key) && counts.size >= MOST) continue;
    const known = counts.get(key) ?? { login, source: activity.source, events: 0, lastSeenAt: at, as: new Map() };
    known.events++;
    if (at >= known.lastSeenAt) Object.assign(known, { login, source: activity.source, lastSeenAt: at });
    for (const role of roles) known.as.set(role, (known.as.get(role) ?? 0) + 1);
    counts.set(key, known);
  }
}

/** Login → what they are in it. Teams are no people. */
function namedIn({ actor, facets }: Activity): ReadonlyMap<string, ReadonlySet<string>> {
  const { author, asked, assignees, reviewers } = facets;
  const all = [
    ['actor', actor === null || actor.isBot ? [] : [actor.login]],
    ['author', author === null ? [] : [author]],
    ['asked', asked],
    ['assignee', assignees],
    ['reviewer', reviewers],
  ] as const;
  const named = new Map<string, Set<string>>();
  for (const [role, logins] of all) {
    for (const login of logins) {
      const isBot = login.endsWith('[bot]') || (actor?.isBot === true && actor.login === login);
      if (login === '' || login.includes('/') || isBot) continue;
      named.set(login, (named.get(login) ?? new Set()).add(role));
    }
  }
  return named;
}

function mostFirst(as: ReadonlyMap<string, number>): readonly string[] {
  return [...as].toSorted(([, a], [, b]) => b - a).map(([role]) => role);
}
