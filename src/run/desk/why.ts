import { explanation } from '../../http/explain/explanation.ts';
import { PLAIN } from '../../http/explain/plain.ts';
import { stoppedAmong } from '../../http/explain/what-became.ts';
import type { Activity } from '../../model/activity.ts';
import type { Why } from '../../model/desk.ts';
import type { EventId } from '../../model/event.ts';
import type { Archive } from '../../model/inbox/archive.ts';
import type { EventFilter, EventRecord } from '../../model/inbox/records.ts';
import { kindOf } from '../../model/kind.ts';
import type { NotificationId } from '../../model/notification.ts';
import type { Source } from '../../model/source.ts';
import type { Clock } from '../../shared/clock.ts';
import { redact } from '../../shared/secrets/redact.ts';
import { oneLine, wordsWithin } from '../../text/plain.ts';
import { sentence } from '../../text/sentence.ts';
import { readStored } from '../stored/read-stored.ts';
import { pagesOf, searchesFor } from './page-link.ts';

export interface Explaining {
  readonly archive: Pick<Archive, 'list' | 'show' | 'heads'>;
  readonly sources: ReadonlyMap<string, Source>;
  /** How this program is started. */
  readonly invocation: string;
  readonly clock: Clock;
}

const MOST_LINES = 60;
const LONGEST = 300;
const MOST_FOUND = 5;

/** Of one of its notifications. Null: there is no such event. */
export async function whyOfEvent(
  id: EventId,
  explaining: Explaining,
  notification: NotificationId,
): Promise<Why | null> {
  const event = await explaining.archive.show(id);
  if (event === null) return null;
  const told = event.notifications.filter((each) => each.id === notification).map(({ destination }) => destination);
  return { ...(await whyFrom(event, await saidBy(event, explaining), explaining)), told };
}

/** The newest events about a page, newest first. */
export async function whyOfPage(link: string, explaining: Explaining): Promise<readonly Why[]> {
  const found: Why[] = [];
  for await (const { event, said } of eventsOf(link, explaining)) {
    found.push(await whyFrom(event, said, explaining));
    // Each search gives the newest first: the first that finds so many has them.
    if (found.length === MOST_FOUND) break;
  }
  return found.toSorted((a, b) => b.eventId - a.eventId);
}

/** What the events about a page belong to. Null: there are none, or they belong to nothing. */
export async function threadOfPage(link: string, explaining: Explaining): Promise<string | null> {
  for await (const { said } of eventsOf(link, explaining)) {
    if (said.keys.thread !== null) return said.keys.thread;
  }
  return null;
}

interface Found {
  readonly event: EventRecord;
  readonly said: Activity;
}

/**
 * Events whose page is this one, or lies below it. Found by what a page's address says of repository and number; what is found is
 * read again, and asked for its own page, so nothing is guessed. Of those whose bodies are gone nobody can say.
 */
async function* eventsOf(link: string, explaining: Explaining): AsyncGenerator<Found> {
  const pages = pagesOf(link);
  const looked = new Set<EventId>();
  for (const search of searchesFor(link)) {
    for (const id of await idsOf(search, explaining)) {
      if (looked.has(id)) continue;
      looked.add(id);
      const event = await explaining.archive.show(id);
      const said = event && (await saidBy(event, explaining));
      if (event !== null && said !== null && isAbout(said, pages)) yield { event, said };
    }
  }
}

async function idsOf(search: EventFilter, { archive }: Explaining): Promise<readonly EventId[]> {
  return (await archive.list(search)).map(({ id }) => id);
}

function isAbout({ subject }: Activity, pages: readonly string[]): boolean {
  const [own] = subject === null ? [] : pagesOf(subject.url);
  return own !== undefined && pages.some((page) => own === page || own.startsWith(`${page}/`));
}

async function saidBy(event: EventRecord, { sources }: Explaining): Promise<Activity | null> {
  return (await readStored(event, sources))?.activity ?? null;
}

async function whyFrom(event: EventRecord, said: Activity | null, explaining: Explaining): Promise<Why> {
  const { archive, invocation, clock } = explaining;
  const stopped = stoppedAmong(await archive.heads());
  const lines = explanation(event, { invocation, colors: PLAIN, stopped, now: clock.now() }).filter(
    (line) => line !== '',
  );
  return {
    eventId: event.id,
    thread: said?.keys.thread ?? null,
    said: said === null ? unsaid(event) : sentence(said),
    url: said?.subject?.url ?? null,
    receivedAt: event.receivedAt,
    lines: withinLimits(lines),
    command: `${invocation} explain ${event.id}`,
    told: event.notifications.map(({ destination }) => destination),
  };
}

/** What became of it stands last, and is never left out. */
function withinLimits(lines: readonly string[]): readonly string[] {
  const all = lines.map((line) => wordsWithin(redact(line), LONGEST));
  const left = all.length - MOST_LINES;
  if (left <= 0) return all;
  const half = MOST_LINES / 2;
  return [...all.slice(0, half), `… ${left + 1} more lines`, ...all.slice(half + left + 1)];
}

function unsaid({ type, action, repo }: EventRecord): string {
  return wordsWithin(oneLine(repo === null ? kindOf(type, action) : `${kindOf(type, action)} in ${repo}`), LONGEST);
}
