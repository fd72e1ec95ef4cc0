import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OpenSubjects } from '../../model/inquiry.ts';
import { type Heard, type SubjectState } from '../../model/known/card.ts';
import { heardOf } from '../../model/known/facts.ts';
import type { Reminder } from '../../model/reminder.ts';
import { lasting, plural } from '../../shared/time-words.ts';
import { Wake } from '../../shared/wake.ts';
import type { JobContext } from '../context.ts';
import type { OwnedLane } from '../owned-lane.ts';
import { type LanePersist, persistingIn } from '../persist.ts';

/** What branches need changes seldom. */
const AGAIN_MS = 7 * 24 * 3_600_000;
/** A repository of which the first event came. */
const LOOK_EVERY_MS = 3_600_000;
/** Twice as long after each failure in a row. */
const RETRY_MS = 10 * 60_000;
const LONGEST_RETRY_MS = 24 * 3_600_000;
const PAGE = 500;
/** Learned in one go. */
const LEARNED = 50;

export interface Filling {
  readonly context: JobContext;
  readonly reminders: readonly Reminder[];
  /** Source → whom to ask what was open before it sent anything. */
  readonly open: ReadonlyMap<string, OpenSubjects>;
}

interface Place {
  readonly source: string;
  readonly repo: string;
}

/** What went wrong with one, and until when it is left alone. */
interface Failed {
  readonly failures: number;
  readonly until: number;
}

/**
 * What was open before the first event came, asked of providers once for each repository that a reminder names or of which anything is known,
 * and then once a week. It is learned as of the provider's own times, so it takes back nothing that events said. Reminders do not wait for
 * it: what cannot be had is said in the log, and asked for again later.
 */
export async function runFilling(filling: Filling, owned: OwnedLane): Promise<void> {
  const { context, open } = filling;
  if (open.size === 0) {
    context.log.info('reminders know only what events say: no source here has a token to ask what was open before');
    return;
  }
  const { clock } = context;
  const persist = persistingIn(context, owned);
  const failed = new Map<string, Failed>();
  // Of its own: the lane's own one wakes whoever says reminders.
  const wake = new Wake();
  const over = () => wake.raise();
  for (const signal of [owned.lost, context.shutdown.stopping]) signal.addEventListener('abort', over, { once: true });
  while (!owned.over) {
    // Whose provider asks to be left alone is not asked about others either.
    const paused = new Set<string>();
    for (const place of (await placesOf(filling, persist)) ?? []) {
      if (owned.over) break;
      if (paused.has(place.source)) continue;
      if (!(await fill(place, { filling, owned, persist, failed }))) paused.add(place.source);
    }
    const later = Array.from(failed.values(), ({ until }) => until - clock.now()).filter((ms) => ms > 0);
    await wake.wait(clock, Math.min(LOOK_EVERY_MS, ...later));
  }
}

/** Those that reminders name whole, and those of which something is known. */
async function placesOf({ context, reminders, open }: Filling, persist: LanePersist) {
  const named = reminders
    .flatMap(({ rule }) => rule.repos ?? [])
    .filter((name) => /^[\w.-]+(?:\/[\w.-]+)+$/.test(name));
  const places = new Map<string, Place>();
  const add = (source: string, repo: string) => places.set(cursorOf({ source, repo }), { source, repo });
  for (const source of open.keys()) for (const name of named) add(source, name.toLowerCase());
  let after = '';
  for (;;) {
    const page = await persist.toBegin('looking for repositories', () => context.inbox.subjectsAfter(after, PAGE));
    if (page === undefined) return undefined;
    for (const [source, { repoOf }] of open) {
      for (const repo of page.flatMap(({ thread }: SubjectState) => repoOf(thread) ?? [])) add(source, repo);
    }
    const last = page.at(-1);
    if (last === undefined) return [...places.values()];
    after = last.thread;
    await nextTurn();
  }
}

interface Tools {
  readonly filling: Filling;
  readonly owned: OwnedLane;
  readonly persist: LanePersist;
  readonly failed: Map<string, Failed>;
}

/** False: its provider is better left alone for a while. */
async function fill({ source, repo }: Place, { filling, owned, persist, failed }: Tools): Promise<boolean> {
  const { context, open } = filling;
  const { inbox, clock, log } = context;
  const cursor = cursorOf({ source, repo });
  const before = failed.get(cursor);
  if (before !== undefined && before.until > clock.now()) return true;
  const filledAt = await persist.toBegin('looking up what was filled', () => inbox.recall(cursor));
  if (filledAt === undefined || clock.now() - Number(filledAt ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) return true;
  const receivedAt = clock.now();
  const signal = AbortSignal.any([owned.lost, context.shutdown.stopping]);
  const answer = await open.get(source)?.ask(repo, signal);
  if (answer === undefined || owned.over) return true;
  if (!answer.ok) {
    const failures = (before?.failures ?? 0) + 1;
    const waitMs = answer.mayPass ? Math.min(RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS) : LONGEST_RETRY_MS;
    failed.set(cursor, { failures, until: clock.now() + waitMs });
    log.warn(
      { source, repo },
      `reminders do not know what is open in ${repo} since before its first event: ${answer.reason}; asking again in ${lasting(waitMs)}`,
    );
    return !answer.mayPass;
  }
  const heard = heardOf(answer.value, { id: 0, receivedAt });
  for (let index = 0; index < heard.length; index += LEARNED) {
    const some: readonly Heard[] = heard.slice(index, index + LEARNED);
    const learned = await persist.toBegin('learning what is open', async () => (await inbox.learn(some), true));
    if (learned === undefined) return true;
  }
  failed.delete(cursor);
  await persist.toBegin('remembering what was filled', () => inbox.remember(cursor, String(receivedAt)));
  log.info({ source, repo }, `learned what is open in ${repo}: ${plural(heard.length, 'subject')}`);
  return true;
}

/** Not by its name: whoever is forgotten stands in no cursor. */
function cursorOf({ source, repo }: Place): string {
  return `open ${source} ${createHash('sha256').update(repo).digest('hex').slice(0, 32)}`;
}
