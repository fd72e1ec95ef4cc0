import { setTimeout } from 'node:timers/promises';
import type { HurtEvent } from '../../../src/model/inbox/integrity.ts';
import type { EventRecord } from '../../../src/model/inbox/records.ts';
import type { Inbox } from '../../../src/model/inbox.ts';
import { type EndpointDouble, startEndpointDouble } from '../../doubles/endpoint-double.ts';
import { dataDir, openInbox } from '../../support/data-dir.ts';
import { type Delivery, deliver } from '../../support/github.ts';
import { PATIENCE_MS } from '../../support/patience.ts';
import { issueOpened } from '../../support/payloads.ts';
import type { Base } from './base.ts';
import { copyTo, damage, type Place } from './places.ts';
import type { Started, Subject } from './subject.ts';

export type End =
  | 'refused at start'
  | 'events hurt'
  | 'structure hurt, nothing lost'
  | 'stands still'
  | 'a text changed unnoticed'
  | 'unnoticed';

export interface Outcome {
  readonly place: Place;
  readonly end: End;
  /** Events that `check` names. */
  readonly hurt: number;
  /** What must not be. */
  readonly faults: readonly string[];
  readonly words: string;
}

const NEW = 6;
const REFUSAL = /The database .+ cannot be opened: .+\.|the database is damaged .+/;
const TELLS = /the database is damaged/;

/** Damages a copy at one place, starts Tidings on it, delivers, and looks at everything afterwards. */
export async function tryPlace(
  base: Base,
  place: Place,
  start: (folder: string, endpoint: string) => Promise<Started>,
): Promise<Outcome> {
  await using dir = await dataDir();
  await copyTo(base.folder, dir.path);
  await damage(dir.path, place);
  await using endpoint = await startEndpointDouble();
  const subject = await start(dir.path, endpoint.url);
  if ('code' in subject) return refused(place, subject);
  const sent = await deliverNew(subject);
  const waits = await restOf(subject);
  const faults = await subject.stop();
  return await examined({ base, place, endpoint, said: subject.said(), sent, waits, faults }, dir.path);
}

function refused(place: Place, { code, said }: Exclude<Started, Subject>): Outcome {
  const [words = null] = REFUSAL.exec(said) ?? [];
  const faults = code !== 1 || words === null ? [`ended with ${code}: ${said.slice(-400)}`] : [];
  return { place, end: 'refused at start', hurt: 0, faults, words: words ?? '' };
}

interface Sent {
  readonly delivery: Delivery;
  readonly status: number;
  readonly id: number | undefined;
}

async function deliverNew({ url }: Subject): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  for (let n = 0; n < NEW; n++) {
    const delivery = issueOpened(1_000_000 + n);
    const { status, body } = await deliver(url, delivery);
    sent.push({ delivery, status, id: body.id });
  }
  return sent;
}

/** How long nothing changes before whatever still waits, and says why, is taken to stand still. Without a word it may only be slow. */
const STILL_MS = 1_500;

/** What is left undone: ids of events. Null: the API cannot say. */
async function restOf({ url, said }: Subject): Promise<readonly number[] | null> {
  const ask = async (state: string) => {
    const answer = await fetch(`${url}/api/v1/events?state=${state}&limit=200`).catch(() => null);
    if (!answer?.ok) return null;
    const { events } = (await answer.json()) as { readonly events: readonly { readonly id: number }[] };
    return events.map(({ id }) => id);
  };
  let before = '';
  for (let changedAt = Date.now(); ; await setTimeout(100)) {
    const [pending, waiting] = [await ask('pending'), await ask('waiting')];
    const rest = pending === null || waiting === null ? null : [...pending, ...waiting];
    if (rest?.length === 0) return rest;
    const now = JSON.stringify(rest);
    if (now !== before) changedAt = Date.now();
    else if (Date.now() - changedAt > (TELLS.test(said()) ? STILL_MS : PATIENCE_MS)) return rest;
    before = now;
  }
}

interface Seen {
  readonly base: Base;
  readonly place: Place;
  readonly endpoint: EndpointDouble;
  readonly said: string;
  readonly sent: readonly Sent[];
  readonly waits: readonly number[] | null;
  readonly faults: readonly string[];
}

async function examined(seen: Seen, folder: string): Promise<Outcome> {
  const { base, place, endpoint, said, sent, waits } = seen;
  const faults = [...seen.faults];
  await using inbox = await openInbox(folder);
  const { structure, hurt } = await check(inbox);
  const named = new Map(hurt.map((event) => [event.id, event]));
  const told = new Set(endpoint.told.map(({ eventId }) => eventId));
  const lost = lostFrames(place);
  const unnamed = base.records.filter(({ id }) => !named.has(id));
  faults.push(...(await Promise.all(unnamed.map((event) => faultsOf(inbox, event, lost)))).flat());
  faults.push(...(await faultsOfSent(inbox, sent)));
  const untold = base.records.filter(
    (event) => mustBeTold(event) && !told.has(event.id) && !named.has(event.id) && !lost,
  );
  const refusedNow = sent.filter(({ status }) => status === 503).length;
  const stands = untold.length > 0 || refusedNow > 0 || waits === null;
  if (stands && !TELLS.test(said))
    faults.push(`${untold.length} untold, ${refusedNow} refused, and not a word of it: ${said.slice(-300)}`);
  for (const { status } of sent) if (![200, 202, 503].includes(status)) faults.push(`answered ${status}`);
  const altered = await alteredOf(inbox, unnamed);
  const words = [
    ...structure.slice(0, 1),
    ...hurt.slice(0, 2).map(({ id, damage: of }) => `event ${id}: ${of.join('; ')}`),
  ];
  if (stands) words.push(`${untold.length} untold, ${refusedNow} refused`);
  return {
    place,
    end: endOf({ stands, hurt, structure, altered }),
    hurt: hurt.length,
    faults,
    words: words.join(' | ').slice(0, 400),
  };
}

interface Findings {
  readonly stands: boolean;
  readonly hurt: readonly HurtEvent[];
  readonly structure: readonly string[];
  readonly altered: number;
}

function endOf({ stands, hurt, structure, altered }: Findings): End {
  if (stands) return 'stands still';
  if (hurt.length > 0) return 'events hurt';
  if (structure.length > 0) return 'structure hurt, nothing lost';
  return altered > 0 ? 'a text changed unnoticed' : 'unnoticed';
}

/** SQLite reads its log up to the first frame that is not whole: what came later was never there. */
function lostFrames({ kind }: Place): boolean {
  return kind.startsWith('log');
}

async function check(inbox: Inbox) {
  const structure = await inbox.checkStructure();
  const hurt: HurtEvent[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page = await inbox.checkEvents(after, 500);
    hurt.push(...page.hurt);
    after = page.lastId;
  }
  return { structure, hurt };
}

function mustBeTold({ state, notifications }: EventRecord): boolean {
  return state === 'pending' || notifications.some((each) => each.state === 'queued');
}

/** Of one that is not named: it is there, byte for byte. */
async function faultsOf(inbox: Inbox, was: EventRecord, mayBeGone: boolean): Promise<readonly string[]> {
  const is = await inbox.show(was.id).catch((error: Error) => error);
  if (is instanceof Error) return [`event ${was.id} cannot be shown, and is not named: ${is.message}`];
  if (is === null) return mayBeGone ? [] : [`event ${was.id} is gone, and is not named`];
  if (is.body === null || was.body?.equals(is.body) !== true)
    return mayBeGone && is.deliveryId !== was.deliveryId
      ? []
      : [`the body of event ${was.id} is another, and it is not named`];
  return is.deliveryId === was.deliveryId || mayBeGone
    ? []
    : [`event ${was.id} has another delivery, and is not named`];
}

/** How many of those that nothing is to become of any more say something else than they did. */
async function alteredOf(inbox: Inbox, records: readonly EventRecord[]): Promise<number> {
  const done = records.filter((event) => !mustBeTold(event));
  const now = await Promise.all(done.map(({ id }) => inbox.show(id).catch(() => null)));
  return done.filter((was, n) => JSON.stringify(was) !== JSON.stringify(now[n])).length;
}

async function faultsOfSent(inbox: Inbox, sent: readonly Sent[]): Promise<readonly string[]> {
  const faults = sent.map(async ({ delivery, status, id = 0 }) => {
    if (status >= 300) return [];
    const is = await inbox.show(id).catch(() => null);
    return is?.body?.equals(delivery.body) === true
      ? []
      : [`delivery ${delivery.guid} was acknowledged and is not stored`];
  });
  return (await Promise.all(faults)).flat();
}
