import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventId, NewEvent, StoredEvent } from '../../model/event.ts';
import type { Expansion, NewNotification } from '../../model/inbox/backlog.ts';
import type { Inquiry } from '../../model/inquiry.ts';
import type { Heard } from '../../model/known/card.ts';
import type { Decision, Directory, Route } from '../../model/rule.ts';
import { namedBy } from '../../route/people.ts';
import type { Postponed } from '../../route/remind/later.ts';
import type { JobContext } from '../context.ts';
import type { FindPeople } from '../people/find-people.ts';
import { compareResults } from './compare-results.ts';
import { copyTerms } from './copies.ts';
import { expansionOf, putAside, type Routable, settledActivity, settleOf } from './expand-event.ts';
import { cardsOf, type Knower, knownBy } from './know.ts';
import { laterEvents, postponedIn, whatHappened } from './later.ts';
import { type Muted, mutedIn, unmuted } from './mutes.ts';
import { type Decided, quietOf, withoutShown } from './on-card.ts';
import { failed, payloadOf, type Reading, readEvent } from './read-event.ts';
import { isAsk, type Taker, withTakers } from './take-all.ts';

export interface Decider extends Knower {
  readonly context: JobContext;
  readonly route: Route;
  /** Whom to ask about events, by the name of their source. */
  readonly inquiries: ReadonlyMap<string, Inquiry>;
  /** The destinations that are told several things in one message. */
  readonly digesting: ReadonlySet<string>;
  /** Whose destinations are, as a directory has it. Default: nobody's. */
  readonly owners?: Directory['owners'];
  /** Some thread may be muted. Default: none is, and nobody is asked. */
  readonly hasMutes?: boolean;
  /** The destinations of which some take all of a source. Default: none does. */
  readonly takers?: readonly Taker[];
  /** Looks up whom the rules' words stand for, before they are asked. Default: nobody is. */
  readonly finding?: Finding | null;
}

export interface Finding {
  readonly find: FindPeople;
  readonly words: readonly string[];
  readonly directory: Directory;
}

/** While it goes through one batch. */
interface Router extends Decider {
  readonly muted: Muted;
  /** What rules tell later, to be stored before it is decided. */
  readonly postponed: NewEvent[];
}

const NOTHING_MUTED: Muted = new Map();
const NOBODYS: Directory['owners'] = new Map();

/** So long is asked again for changed files when GitHub does not answer; then it is decided without them. */
const ASK_FOR_MS = 10 * 60_000;
const ASK_AGAIN_MS = 30_000;

/**
 * What is to become of each event of a batch, in order:
 *
 * 1. Read: normalise, handing the thread back every few milliseconds.
 * 2. Compare results with those before (`earlier` settles when the batch before is stored).
 * 3. Add what was learned while an event settled. Look up whom they name and nobody knows.
 * 4. Route, and leave out who wants to hear nothing of its thread; where a rule needs the changed files, ask for them and route again.
 * 5. Ask what else there is to tell of what will be told, and leave out what its card alone is to show. Store what is to be told later.
 * 6. Give it to those who take all of its source, and add what it says of subjects.
 */
export async function decide(
  decider: Decider,
  events: readonly StoredEvent[],
  earlier: Promise<unknown>,
): Promise<readonly Expansion[]> {
  const readings = await readAll(decider, events);
  const said = readings.filter((reading) => reading.activity !== null);
  if (said.some(({ activity }) => activity.result !== null)) await earlier;
  const compared = await compareResults(said, decider.context.inbox);
  const known = await knowAll(decider, readings);
  const batch = compared.map(settled);
  const { inbox, clock } = decider.context;
  const muted = decider.hasMutes === true ? await mutedIn(batch, inbox, clock.now()) : NOTHING_MUTED;
  await findAll(decider.finding ?? null, batch);
  const postponed: NewEvent[] = [];
  const decided = await withoutShown(await routeAll({ ...decider, muted, postponed }, batch), known, inbox);
  for (const event of postponed) await inbox.append(event);
  const expansions = new Map(decided.map((expansion) => [expansion.eventId, expansion]));
  const { sources, takers = [] } = decider;
  return readings.flatMap((reading) => {
    const expansion = reading.activity === null ? reading.expansion : expansions.get(reading.event.id);
    if (expansion === undefined) return [];
    const heard = known.get(reading.event.id);
    return [{ ...withTakers(expansion, reading, { takers, sources }), ...(heard && { known: heard }) }];
  });
}

function settled(routable: Routable): Routable {
  return { ...routable, activity: settledActivity(routable.event, routable.activity) };
}

async function findAll(finding: Finding | null, batch: readonly Routable[]): Promise<void> {
  if (finding === null || batch.length === 0) return;
  const { find, words, directory } = finding;
  await find(batch.flatMap(({ activity }) => namedBy(words, { activity, directory })));
}

async function readAll(decider: Decider, events: readonly StoredEvent[]): Promise<readonly Reading[]> {
  const turn = new Turn(decider.context);
  const readings: Reading[] = [];
  for (const event of events) {
    readings.push(await readEvent(event, decider.sources));
    await turn.perhapsOver();
  }
  return readings;
}

/** Those that say something → what. */
async function knowAll(
  decider: Decider,
  readings: readonly Reading[],
): Promise<ReadonlyMap<EventId, readonly Heard[]>> {
  const known = new Map<EventId, readonly Heard[]>();
  if (decider.knows !== true && decider.keepsAddresses !== true) return known;
  const turn = new Turn(decider.context);
  for (const reading of readings) {
    const heard = await knownBy(decider, reading);
    if (heard.length > 0) known.set(reading.event.id, heard);
    await turn.perhapsOver();
  }
  return known;
}

async function routeAll(decider: Router, batch: readonly Routable[]): Promise<readonly Decided[]> {
  const turn = new Turn(decider.context);
  const decided: Promise<Decided>[] = [];
  for (const routable of batch) {
    decided.push(routeOne(decider, routable));
    await turn.perhapsOver();
  }
  return Promise.all(decided);
}

/** Never rejects: one event that breaks a rule must not keep the others from being decided, again and again. */
async function routeOne(decider: Router, routable: Routable): Promise<Decided> {
  try {
    const { source } = routable.event;
    const expansion = await ruledOn(decider, routable);
    const inquiry = expansion.notifications.length > 0 ? decider.inquiries.get(source) : undefined;
    const detailed = inquiry ? await withDetails(decider.context, routable, { expansion, inquiry }) : expansion;
    return { ...detailed, ...copyTerms(source, decider.sources) };
  } catch (error) {
    return failed(routable.event, error instanceof Error ? error.message : String(error)).expansion;
  }
}

function ruledOn(decider: Router, routable: Routable): Decided | Promise<Decided> {
  const postponed = postponedIn(routable.event);
  if (postponed !== null) return afterWaiting(decider, routable, postponed);
  const decision = decisionOn(decider, routable, decider.context.clock.now());
  const settle = settleOf(routable, decision, decider.digesting);
  if (settle !== null) return putAside(routable, settle);
  return decision.wantsPaths ? withPaths(decider, routable, decision) : expanded(decider, routable, decision);
}

/** What rules tell later: not yet, or not any more. */
async function afterWaiting(decider: Router, routable: Routable, postponed: Postponed): Promise<Decided> {
  const { inbox, clock } = decider.context;
  const now = clock.now();
  const { until } = postponed;
  // What somebody replays, they want to see at once, and whatever has happened.
  const isWanted = routable.event.replays > 0;
  if (!isWanted && routable.event.settled === null && now < until)
    return putAside(routable, { until, thread: null, joinsAfter: null });
  const happened = isWanted ? null : await whatHappened(postponed, inbox);
  const decision = decisionOn(decider, routable, now);
  return expanded(decider, routable, happened === null ? decision : { ...decision, tell: [], reason: happened });
}

function decisionOn({ route, muted, owners = NOBODYS }: Router, routable: Routable, now: number): Decision {
  return unmuted(route(routable, now), routable, { muted, owners });
}

function expanded(decider: Router, routable: Routable, decision: Decision): Decided {
  const expansion = expansionOf(routable, decision, () => payloadOf(routable.event, decider.sources));
  const cards = cardsOf(decider, routable, decision);
  const decided = { ...expansion, ...cards, ...quietOf(decider, routable.activity.keys.thread, decision) };
  if (decision.later !== undefined && !isAsk(routable.event, decider.takers)) {
    decider.postponed.push(...laterEvents(routable, decision, decider.context.clock.now()));
  }
  return decided;
}

/** An answer that does not come holds up this event only: it settles, and is read again. */
async function withPaths(decider: Router, routable: Routable, decision: Decision): Promise<Decided> {
  const { event, activity } = routable;
  const { context } = decider;
  const inquiry = decider.inquiries.get(event.source);
  const { place, facets } = activity;
  const { pullRequest } = facets;
  if (inquiry === undefined || place === null || pullRequest === null) {
    return without(expanded(decider, routable, decision), 'there is no token to ask the provider with');
  }
  const answer = await inquiry.changedFiles({ repo: place.name, pullRequest }, context.shutdown.stopping);
  const now = context.clock.now();
  if (answer.ok) {
    const known = { ...routable, activity: { ...activity, facets: { ...facets, paths: answer.value } } };
    return expanded(decider, known, decisionOn(decider, known, now));
  }
  if (!answer.mayPass || now - event.receivedAt > ASK_FOR_MS) {
    context.log.warn({ event: event.id }, `decided without the changed files: ${answer.reason}`);
    return without(expanded(decider, routable, decision), answer.reason);
  }
  context.log.info({ event: event.id }, `asking again for the changed files in 30 s: ${answer.reason}`);
  return putAside(routable, { until: now + ASK_AGAIN_MS, thread: activity.keys.thread, joinsAfter: null });
}

/** It is nice to know, so nothing is asked again: it is told without. */
async function withDetails(
  { log, shutdown }: JobContext,
  { event, activity }: Routable,
  { expansion, inquiry }: { readonly expansion: Decided; readonly inquiry: Inquiry },
): Promise<Decided> {
  const answer = await inquiry.details(event, activity, shutdown.stopping);
  if (!answer.ok) log.info({ event: event.id }, `told without details: ${answer.reason}`);
  if (!answer.ok || answer.value.length === 0) return expansion;
  return { ...expansion, notifications: expansion.notifications.map((each) => withFacts(each, answer.value)) };
}

function withFacts({ activity, ...notification }: NewNotification, facts: readonly string[]): NewNotification {
  const { said } = activity;
  return { ...notification, activity: { ...activity, said: { ...said, facts: [...said.facts, ...facts] } } };
}

/** Somebody may be told by another rule: then there is nothing to explain. */
function without(expansion: Decided, why: string): Decided {
  const { reason } = expansion;
  return { ...expansion, reason: reason && `${reason}; the changed files could not be had: ${why}` };
}

/** Hands the thread back after `yieldMs` of work, so that acknowledgements on it stay fast. */
class Turn {
  readonly #context: Pick<JobContext, 'clock' | 'timing'>;
  #began: number;

  constructor(context: Pick<JobContext, 'clock' | 'timing'>) {
    this.#context = context;
    this.#began = context.clock.monotonic();
  }

  async perhapsOver(): Promise<void> {
    const { clock, timing } = this.#context;
    if (clock.monotonic() - this.#began < timing.yieldMs) return;
    await nextTurn();
    this.#began = clock.monotonic();
  }
}
