import type { AttemptRecord, EventRecord, NotificationRecord } from '../../src/model/inbox/records.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import type { EndpointDouble } from '../doubles/endpoint-double.ts';
import type { SlackDouble } from '../doubles/slack-double.ts';
import { records } from './data-dir.ts';
import type { Sent } from './senders.ts';

/** The other side of every destination: what arrived there. The load is `issueOpened`, told to all of them. */
export interface Witnesses {
  /** The destination called `audit`. */
  readonly endpoint: Pick<EndpointDouble, 'told'>;
  readonly slack: Pick<SlackDouble, 'messages' | 'violations'>;
  /** Path at the Slack double by the destination's name. */
  readonly channels: ReadonlyMap<string, string>;
}

/** What became of everything that was sent to us, compared with what arrived at the other side. */
export interface Account {
  readonly sent: number;
  readonly acknowledged: number;
  readonly stored: number;
  /** Events that reached every destination. */
  readonly announced: number;
  /** Acknowledged and not there, stored and not told, or told by our books only. Must be empty. */
  readonly lost: readonly string[];
  /** Messages that repeat what a destination had heard, by what the attempt says about it. */
  readonly toldTwice: ReadonlyMap<string, number>;
  /** Repetitions without an attempt whose end is unknown, or that nobody could see are some, out of order, too fast, stored twice. Must be empty. */
  readonly faults: readonly string[];
}

interface Attempt extends AttemptRecord {
  readonly carried: { readonly eventId: number; readonly notification: NotificationRecord }[];
  /** A message that arrived was this one. */
  arrived: boolean;
}

/** One message as a destination got it; the first event it names stands for all it carries. */
interface Telling {
  readonly firstEvent: number | undefined;
  /** What it must begin with is the attempt's own description. */
  readonly text: string | null;
}

/** Of the events after `afterId`: what was accounted for before is left out. */
export async function takeAccount(
  inbox: Inbox,
  sent: readonly Sent[],
  witnesses: Witnesses,
  afterId = 0,
): Promise<Account> {
  const stored = await records(inbox, afterId);
  const lanes = [...lanesOf(stored, witnesses)].map(([name, tellings]) => settleUp(name, tellings, stored));
  const missing = lanes.flatMap((lane) => [...lane.missing]);
  return {
    sent: sent.length,
    acknowledged: sent.filter(({ acknowledged }) => acknowledged !== null).length,
    stored: stored.length,
    announced: stored.length - new Set(missing).size,
    lost: [...lostAtReceipt(stored, sent), ...lanes.flatMap((lane) => lane.lost)],
    toldTwice: added(lanes.map((lane) => lane.toldTwice)),
    faults: [
      ...storedTwice(stored),
      ...lanes.flatMap((lane) => lane.faults),
      ...witnesses.slack.violations.map(({ path, rule, why }) => `${path}: ${rule}, ${why}`),
    ],
  };
}

function lostAtReceipt(stored: readonly EventRecord[], sent: readonly Sent[]): string[] {
  const byId = new Map(stored.map((event) => [event.id, event]));
  return sent.flatMap(({ delivery, acknowledged: id }) => {
    if (id === null) return [];
    const event = byId.get(id);
    if (event?.guid !== delivery.guid) return [`${delivery.guid} was acknowledged as event ${id}, and is not there`];
    return event.body?.equals(delivery.body) ? [] : [`event ${id} has another body than was sent`];
  });
}

function storedTwice(stored: readonly EventRecord[]): string[] {
  return [...Map.groupBy(stored, ({ guid }) => guid)].flatMap(([guid, found]) =>
    found.length === 1 ? [] : [`${guid} is stored ${found.length} times`],
  );
}

function lanesOf(stored: readonly EventRecord[], { endpoint, slack, channels }: Witnesses): Map<string, Telling[]> {
  const eventOf = new Map(stored.map((event) => [issueNumber(event.body ?? Buffer.alloc(0)), event.id]));
  const lanes = new Map<string, Telling[]>([
    ['audit', endpoint.told.map(({ eventId }) => ({ firstEvent: eventId, text: null }))],
  ]);
  for (const [name, path] of channels) {
    const messages = slack.messages.filter((message) => message.path === path);
    const tellings = messages.map(({ payload, text }) => {
      const [, first] = /\/issues\/(\d+)/.exec(JSON.stringify(payload)) ?? [];
      return { firstEvent: eventOf.get(Number(first)), text };
    });
    lanes.set(name, tellings);
  }
  return lanes;
}

function issueNumber(body: Buffer): number {
  return (JSON.parse(body.toString()) as { readonly issue: { readonly number: number } }).issue.number;
}

function settleUp(name: string, tellings: readonly Telling[], stored: readonly EventRecord[]) {
  const attempts = attemptsOf(name, stored);
  const byFirst = Map.groupBy(attempts, ({ carried }) => carried[0]?.eventId);
  const told = new Set<number>();
  const toldTwice = new Map<string, number>();
  const faults: string[] = [];
  let last = 0;
  let latest: Attempt | undefined;
  for (const { firstEvent, text } of tellings) {
    const attempt = attemptBehind(byFirst.get(firstEvent) ?? [], text);
    if (attempt === undefined) {
      faults.push(`${name}: event ${firstEvent} was told without an attempt that says so`);
      continue;
    }
    attempt.arrived = true;
    const events = attempt.carried.map(({ eventId }) => eventId);
    const fresh = events.filter((id) => !told.has(id));
    if (fresh.some((id) => id < last)) {
      faults.push(
        `${name}: event ${fresh[0]} was told after event ${last}, ${inShort(attempt)} after ${inShort(latest)}`,
      );
    }
    if (fresh.length < events.length) {
      count(toldTwice, reasonOf(attempts, events));
      faults.push(...unrecognisable(name, text, fresh));
    }
    for (const id of fresh) told.add(id);
    latest = attempt;
    last = Math.max(last, ...fresh);
  }
  const missing = stored.filter((event) => !told.has(event.id) || !hasEnded(event, name)).map(({ id }) => id);
  const unheard = attempts.filter(({ outcome, arrived }) => outcome === 'sent' && !arrived);
  const open = attempts.filter(({ outcome }) => outcome === null);
  return {
    missing,
    toldTwice,
    lost: [
      ...missing.map((id) => `${name}: event ${id} was not told, or nobody knows`),
      ...unheard.map(({ id }) => `${name}: attempt ${id} is written down as sent, and never arrived`),
    ],
    faults: [...faults, ...open.map(({ id }) => `${name}: attempt ${id} is still open`), ...sentTwice(name, attempts)],
  };
}

function inShort(attempt: Attempt | undefined): string {
  if (attempt === undefined) return 'nothing';
  const events = attempt.carried.map(({ eventId }) => eventId);
  return `attempt ${attempt.id} (${attempt.outcome}) of ${events.length} from ${events[0]} to ${events.at(-1)}`;
}

/** The attempts on one lane, in order, with all that each carried, oldest first. */
function attemptsOf(lane: string, stored: readonly EventRecord[]): readonly Attempt[] {
  const attempts = new Map<number, Attempt>();
  for (const { id: eventId, notifications } of stored) {
    for (const notification of notifications.filter(({ destination }) => destination === lane)) {
      for (const record of notification.attempts) {
        const attempt = attempts.get(record.id) ?? { ...record, carried: [], arrived: false };
        attempt.carried.push({ eventId, notification });
        attempts.set(record.id, attempt);
      }
    }
  }
  return [...attempts.values()].toSorted((a, b) => a.id - b.id);
}

/** Each message is one attempt that was sent, or one whose end nobody knows. */
function attemptBehind(candidates: readonly Attempt[], text: string | null): Attempt | undefined {
  const fitting = candidates.filter(
    ({ arrived, request }) => !arrived && (text === null || text.startsWith(request.slice(0, 80))),
  );
  return (
    fitting.find(({ outcome }) => outcome === 'sent') ??
    // Both may have arrived; which was first does not matter, they carried the same.
    fitting.find(({ outcome }) => outcome === 'unknown')
  );
}

/** Whoever reads a message for the second time sees that, and finds nothing new in it. */
function unrecognisable(name: string, text: string | null, fresh: readonly number[]): string[] {
  if (text === null) return [];
  const saysSo = text.startsWith('Possible repeat: ');
  return [
    ...(saysSo ? [] : [`${name}: "${text}" repeats an earlier message and does not say so`]),
    ...(fresh.length === 0 ? [] : [`${name}: event ${fresh[0]} was told first in a repeat of others: "${text}"`]),
  ];
}

function reasonOf(attempts: readonly Attempt[], events: readonly number[]): string {
  const uncertain = attempts.find(
    ({ outcome, carried }) => outcome === 'unknown' && carried.some(({ eventId }) => events.includes(eventId)),
  );
  return uncertain?.detail ?? 'no reason';
}

function sentTwice(lane: string, attempts: readonly Attempt[]): string[] {
  const sent = attempts.filter(({ outcome }) => outcome === 'sent').flatMap(({ carried }) => carried);
  return [...Map.groupBy(sent, ({ eventId }) => eventId)].flatMap(([id, times]) =>
    times.length > 1 ? [`${lane}: event ${id} is written down as sent ${times.length} times`] : [],
  );
}

function hasEnded({ state, notifications }: EventRecord, lane: string): boolean {
  const found = notifications.find(({ destination }) => destination === lane);
  const wasSent = found?.attempts.some(({ outcome }) => outcome === 'sent') === true;
  return state === 'routed' && wasSent && (found.state === 'sent' || found.state === 'merged');
}

function count(counts: Map<string, number>, key: string, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function added(maps: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const all = new Map<string, number>();
  for (const map of maps) for (const [key, value] of map) count(all, key, value);
  return all;
}

/** `acknowledged 812 of 830, stored 815, announced 815, lost 0, told twice 2 (…)` */
export function inWords({ sent, acknowledged, stored, announced, lost, toldTwice }: Account): string {
  const twice = [...toldTwice.values()].reduce((sum, each) => sum + each, 0);
  const why = [...toldTwice].map(([reason, times]) => `${times} × ${reason}`).join('; ');
  return (
    `acknowledged ${acknowledged} of ${sent}, stored ${stored}, announced ${announced}, lost ${lost.length}, ` +
    `told twice ${twice}${twice === 0 ? '' : ` (${why})`}`
  );
}
