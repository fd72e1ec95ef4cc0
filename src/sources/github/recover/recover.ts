import type { Inbox } from '../../../model/inbox.ts';
import {
  ownerText,
  RecoverError,
  type Recovered,
  type RecoverOutcome,
  type RecoverRequest,
  type Recovery,
} from '../../../model/recovery.ts';
import type { Source } from '../../../model/source.ts';
import type { Clock } from '../../../shared/clock.ts';
import { recoveredEvent } from './recover-event.ts';
import type { Hook, Hooks } from './recover-hooks.ts';
import { type DeliveryItem, isAnswered, KEPT_MS, type MissedEvent, missedEvents } from './recover-plan.ts';

export type RecoverInbox = Pick<Inbox, 'append' | 'known' | 'recall' | 'remember' | 'onWake'>;

export interface RecoverDeps {
  readonly hooks: Hooks;
  readonly inbox: RecoverInbox;
  /** By name: the `<source>` of `/webhooks/<source>`. */
  readonly sources: ReadonlyMap<string, Source>;
  /** Null: hooks are known by the end of their address alone. */
  readonly publicUrl: string | null;
  readonly clock: Clock;
  /** Ends the waiting and asks no more. */
  readonly signal?: AbortSignal | undefined;
}

/** A delivery may be listed a little later than it was tried. */
const OVERLAP_MS = 5 * 60 * 1000;
/** How long nothing may arrive before GitHub's redeliveries count as lost. */
const QUIET_MS = 20_000;
const LOOK_MS = 1_000;
/** Payloads read at once. */
const BATCH = 8;

/**
 * Finds what one hook delivered in vain since the last good run (at most the three days that GitHub keeps), and gets it:
 * redelivered where GitHub reaches this receiver, read from the API where it does not.
 * @throws RecoverError when it cannot begin; InboxUnavailableError
 */
export async function recover(deps: RecoverDeps, request: RecoverRequest): Promise<Recovery> {
  const { hooks, inbox, clock } = deps;
  const { hook, source } = await chosenHook(deps, request);
  const begun = clock.now();
  const cursor = `recover ${ownerText(request.owner)} ${hook.id}`;
  const settled = await inbox.recall(cursor);
  const since = Math.max(begun - KEPT_MS, Number(settled ?? 0) - OVERLAP_MS);

  const items = await hooks.deliveries(hook.id, since);
  const accepted = await inbox.known(source.name, [...new Set(items.map(({ guid }) => guid))]);
  const missed = missedEvents(items, accepted, request.sparesAnswered && settled === null);
  const how = request.fetch ? 'reading their payloads' : 'asking GitHub to redeliver, at github.com one a second';
  request.onMissed?.(missed.length, how);
  const recovery = { hook, since, deliveries: items.length };
  if (request.dryRun) return { ...recovery, missed: missed.map((each) => ended(each, 'left', 'a dry run')) };

  const back = await redelivered(deps, { request, hook, source, missed, newest: newestId(items) });
  const rest = missed.filter(({ guid }) => !back.has(guid));
  const fetched = new Map((await fetchAll(deps, source, hook, rest)).map((each) => [each.guid, each]));
  const outcomes = missed.map((each) => fetched.get(each.guid) ?? ended(each, 'redelivered', null));

  const left = outcomes.filter(({ outcome }) => outcome === 'left');
  await inbox.remember(cursor, String(Math.min(begun, ...left.map(({ deliveredAt }) => deliveredAt))));
  return { ...recovery, missed: outcomes };
}

interface Chosen {
  readonly hook: Hook;
  readonly source: Source;
}

async function chosenHook(
  { hooks, sources, publicUrl }: RecoverDeps,
  { owner, hookId }: RecoverRequest,
): Promise<Chosen> {
  const all = await hooks.list();
  const sourceOf = (url: string) =>
    [...sources.values()].find(({ name }) => callsUs(url, `/webhooks/${name}`, hookId === null ? publicUrl : null));
  const ours = all.flatMap((hook) => {
    const source =
      sourceOf(hook.url) ?? (sources.size === 1 && hook.id === hookId ? [...sources.values()][0] : undefined);
    return source === undefined || (hookId !== null && hook.id !== hookId) ? [] : [{ hook, source }];
  });
  const [only] = ours;
  if (only !== undefined && ours.length === 1) return only;
  const there = all.map(({ id, url }) => `\n  ${id}  ${url}`).join('');
  const wanted = publicUrl === null ? 'an address that ends in' : `the address ${publicUrl} and`;
  const paths = [...sources.keys()].map((name) => `/webhooks/${name}`).join(' or ');
  const problem =
    ours.length > 1
      ? `Several webhooks of ${ownerText(owner)} call an address like this server's: choose one by its number, or set PUBLIC_URL.`
      : hookId !== null
        ? `${ownerText(owner)} has no webhook ${hookId} that calls one of the sources here.`
        : `No webhook of ${ownerText(owner)} calls ${wanted} ${paths}.`;
  throw new RecoverError('no_hook', there === '' ? `${problem} It has none.` : `${problem} There are:${there}`);
}

function callsUs(url: string, path: string, publicUrl: string | null): boolean {
  const address = URL.parse(url);
  if (address === null) return false;
  const called = address.pathname.replace(/\/$/, '');
  if (publicUrl === null) return called.endsWith(path);
  const here = URL.parse(publicUrl + path);
  return here !== null && address.host === here.host && called === here.pathname;
}

interface Redelivery {
  readonly request: RecoverRequest;
  readonly hook: Hook;
  readonly source: Source;
  readonly missed: readonly MissedEvent[];
  /** The newest try before any was asked for. */
  readonly newest: number;
}

/** Which of them came back. The oldest goes ahead: what GitHub cannot deliver once, it need not try two hundred times. */
async function redelivered(deps: RecoverDeps, redelivery: Redelivery): Promise<ReadonlySet<string>> {
  const { request, missed } = redelivery;
  const [scout, ...others] = missed;
  if (request.fetch || scout === undefined) return new Set();
  const first = await askAndWait(deps, redelivery, [scout]);
  if (first.size === 0 || others.length === 0) return first;
  return first.union(await askAndWait(deps, redelivery, others));
}

async function askAndWait(
  deps: RecoverDeps,
  { hook, source, newest }: Redelivery,
  events: readonly MissedEvent[],
): Promise<ReadonlySet<string>> {
  const asked: string[] = [];
  for (const { guid, deliveryId } of events) {
    if (deps.signal?.aborted === true) break;
    if ((await deps.hooks.redeliver(hook.id, deliveryId)) === 'asked') asked.push(guid);
    // A token that may not ask for one may not ask for any.
    else if (asked.length === 0) break;
  }
  return asked.length === 0 ? new Set() : arrived(deps, { hook, source, newest, asked });
}

/** Waits until each has come or failed again, or until nothing has come for `QUIET_MS`. */
async function arrived(
  { hooks, inbox, clock, signal }: RecoverDeps,
  { hook, source, newest, asked }: Omit<Redelivery, 'request' | 'missed'> & { readonly asked: readonly string[] },
): Promise<ReadonlySet<string>> {
  let here = await inbox.known(source.name, asked);
  for (let [quietSince, looked] = [clock.now(), clock.now()]; here.size < asked.length; ) {
    await woken(inbox, clock, LOOK_MS, signal);
    const now = clock.now();
    const known = await inbox.known(source.name, asked);
    if (known.size > here.size) quietSince = now;
    here = known;
    if (signal?.aborted === true || now - quietSince > QUIET_MS) break;
    if (now - looked < LOOK_MS) continue;
    looked = now;
    const retries = await hooks.deliveries(hook.id, now - OVERLAP_MS);
    const failed = new Set(retries.filter((item) => item.id > newest && !isAnswered(item)).map(({ guid }) => guid));
    if (asked.every((guid) => here.has(guid) || failed.has(guid))) break;
  }
  return here;
}

/** Until something was committed, here or in another process, at least 200 ms apart; `ms` at most. */
function woken(inbox: RecoverInbox, clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      for (const stop of stops) stop();
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const stops = [clock.after(ms, done), inbox.onWake(() => stops.push(clock.after(200, done)))];
    signal?.addEventListener('abort', done);
    if (signal?.aborted === true) done();
  });
}

async function fetchAll(
  deps: RecoverDeps,
  source: Source,
  hook: Hook,
  events: readonly MissedEvent[],
): Promise<readonly Recovered[]> {
  const results: Recovered[] = [];
  for (let at = 0; at < events.length; at += BATCH) {
    const batch = events.slice(at, at + BATCH);
    if (deps.signal?.aborted === true) {
      results.push(...batch.map((each) => ended(each, 'left', 'stopped before it was read')));
      continue;
    }
    const details = await Promise.all(batch.map(({ deliveryId }) => deps.hooks.delivery(hook.id, deliveryId)));
    // Appended in the order they happened: event order is the order of telling.
    for (const [index, each] of batch.entries()) {
      const detail = details[index] ?? null;
      const event = detail && recoveredEvent(source, hook.id, detail, deps.clock.now());
      if (event) await deps.inbox.append(event);
      results.push(event ? ended(each, 'fetched', null) : ended(each, 'left', 'GitHub no longer has its payload'));
    }
  }
  return results;
}

function ended(missed: MissedEvent, outcome: RecoverOutcome, why: string | null): Recovered {
  return { ...missed, outcome, why };
}

function newestId(items: readonly DeliveryItem[]): number {
  return items.reduce((newest, { id }) => Math.max(newest, id), 0);
}
