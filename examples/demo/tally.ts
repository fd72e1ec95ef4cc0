import { setTimeout as sleep } from 'node:timers/promises';
import type { Archive } from '../../src/model/inbox/archive.ts';
import type { EventRecord } from '../../src/model/inbox/records.ts';
import type { Posted } from './sender.ts';

export interface Tally {
  /** Events answered `accepted`, by their GUID. */
  readonly acknowledged: number;
  readonly stored: number;
  readonly skipped: number;
  readonly told: number;
  readonly messages: number;
  /** Told again because the worker died between sending and recording it. */
  readonly perhapsTwice: number;
  /** Acknowledged and not in the inbox as sent, or wanted by a rule and not told. */
  readonly lost: readonly string[];
}

/** What we sent, compared with what the inbox holds. */
export async function tally(archive: Archive, log: readonly Posted[]): Promise<Tally> {
  const acknowledged = log.filter(({ answer }) => answer === 'accepted');
  const stored = await archive.list({ limit: 1_000_000 });
  const found = await Promise.all(acknowledged.map(({ id }) => archive.show(id ?? 0)));
  const events = found.filter((event) => event !== null);
  const notifications = events.flatMap((event) => event.notifications);
  return {
    acknowledged: acknowledged.length,
    stored: stored.length,
    skipped: events.filter(({ state }) => state === 'skipped').length,
    told: notifications.filter(isTold).length,
    messages: notifications.filter(({ state }) => state === 'sent').length,
    perhapsTwice: notifications.filter(({ attempts }) => attempts.length > 1).length,
    lost: acknowledged.flatMap(({ guid, name }, index) => loss(guid, name, found[index] ?? null)),
  };
}

/** Resolves when nothing is pending and nothing waits in any lane. */
export async function drained(archive: Archive, limitMs = 30_000): Promise<void> {
  for (const deadline = Date.now() + limitMs; ; await sleep(20)) {
    const waiting = await waitingCount(archive);
    if (waiting === 0) return;
    if (Date.now() > deadline) throw new Error(`${waiting} still wait after ${limitMs / 1000} s`);
  }
}

/** Events not decided plus notifications not told. */
export async function waitingCount(archive: Archive): Promise<number> {
  return (await archive.depths()).reduce((sum, { depth }) => sum + depth, 0);
}

/** How long until every lane is free to be taken, in ms. */
export async function leaseLeftMs(archive: Archive): Promise<number> {
  return Math.max(0, ...(await archive.depths()).map((lane) => (lane.leaseExpiresAt ?? 0) - Date.now()));
}

function loss(guid: string, name: string, event: EventRecord | null): string[] {
  if (event === null || event.guid !== guid) return [`${name} ${guid} was acknowledged and is not stored`];
  if (event.state === 'skipped') return [];
  if (event.state === 'routed' && event.notifications.length > 0 && event.notifications.every(isTold)) return [];
  return [`${name} is event ${event.id}, ${event.state}, and was not told`];
}

function isTold({ state }: EventRecord['notifications'][number]): boolean {
  return state === 'sent' || state === 'merged';
}
