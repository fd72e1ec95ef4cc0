import type { LaneDepth, LaneHead } from '../../model/inbox/archive.ts';
import { EXPAND_LANE, OWN_LANES } from '../../model/inbox/lanes.ts';
import { plural, span } from '../../shared/time-words.ts';
import { shellWord } from '../acts/shell-word.ts';
import type { Problem } from '../api/answers/problems.ts';
import { heldWords, waitWords } from '../lanes/lane-words.ts';
import { reasonWords, sentence } from '../lanes/reason-words.ts';
import { unheldLanes, type WaitingLane } from '../waiting-lanes.ts';
import { problem } from './problem.ts';

export interface LanesSeen {
  readonly depths: readonly LaneDepth[];
  readonly heads: readonly LaneHead[];
  /** Held by a worker, and nothing moves. */
  readonly still: readonly WaitingLane[];
  /** Names of the destinations. Null: nobody knows them. */
  readonly names: ReadonlySet<string> | null;
  readonly now: number;
  readonly invocation: string;
}

/** Destinations at which nothing can arrive, those that somebody paused, and lanes that nobody works on. */
export function laneProblems(seen: LanesSeen): readonly Problem[] {
  return [
    ...unserved(seen),
    ...seen.still.map((lane) => stuck(lane, seen)),
    ...seen.depths.flatMap((lane) => ofLane(lane, seen)),
  ];
}

function ofLane(lane: LaneDepth, seen: LanesSeen): readonly Problem[] {
  const { names } = seen;
  const isOwn = OWN_LANES.includes(lane.lane);
  if (!isOwn && names !== null && !names.has(lane.lane)) return lane.depth > 0 ? [gone(lane, seen)] : [];
  if (lane.broken !== null) return [broken({ ...lane, broken: lane.broken }, seen)];
  return lane.held === null ? [] : [held({ ...lane, held: lane.held }, seen)];
}

function broken(
  lane: LaneDepth & { readonly broken: NonNullable<LaneDepth['broken']> },
  { now, invocation }: LanesSeen,
): Problem {
  const { lane: name, depth } = lane;
  const { what, fix } = reasonWords(lane.broken.reason);
  return problem({
    kind: 'broken',
    key: [name],
    title: `${name}: ${what}`,
    says: `Nothing can arrive there. ${waitWords(lane, now)} Nothing is lost.`,
    fix: `${fix === null ? 'Mend that' : sentence(fix).slice(0, -1)}, then resume ${name}: what waits is sent in order.`,
    command: `${invocation} resume ${shellWord(name)}`,
    destination: name,
    cause: lane.broken.reason,
    count: depth,
    firstAt: lane.broken.at,
  });
}

function held(
  lane: LaneDepth & { readonly held: NonNullable<LaneDepth['held']> },
  { now, invocation }: LanesSeen,
): Problem {
  const { lane: name, depth } = lane;
  return problem({
    kind: 'held',
    key: [name],
    title: `${name}: paused`,
    says: `Paused ${heldWords(lane.held, now)}. ${waitWords(lane, now)}`,
    fix: `Resume ${name} when messages should go there again.`,
    command: `${invocation} resume ${shellWord(name)}`,
    destination: name,
    count: depth,
    firstAt: lane.held.at,
  });
}

function gone(lane: LaneDepth, { now, invocation }: LanesSeen): Problem {
  const { lane: name, depth, oldestReceivedAt } = lane;
  return problem({
    kind: 'worker',
    key: ['gone', name],
    title: `${name}: no destination has this name any more`,
    says: waitWords(lane, now),
    fix: `Add ${name} to the destinations again, and what waits is sent; or drain it.`,
    command: `${invocation} drain ${shellWord(name)}`,
    destination: name,
    count: depth,
    firstAt: oldestReceivedAt,
  });
}

/** Where no lane has a worker there is none, and that is one problem. */
function unserved({ depths, heads, names, now, invocation }: LanesSeen): readonly Problem[] {
  const waiting = unheldLanes(heads, now).filter(({ lane, held: paused, broken: isBroken }) => {
    const isServed = OWN_LANES.includes(lane) || names === null || names.has(lane);
    return isServed && paused === null && isBroken === null;
  });
  if (waiting.length === 0) return [];
  const depthOf = (lane: string) => depths.find((each) => each.lane === lane)?.depth ?? 1;
  const firstAt = Math.min(...waiting.map(({ receivedAt }) => receivedAt));
  const since = `the oldest for ${span(Math.max(0, now - firstAt))}`;
  if (heads.every(({ owner }) => owner === null)) {
    const count = waiting.reduce((sum, { lane }) => sum + depthOf(lane), 0);
    return [
      problem({
        kind: 'worker',
        key: ['none'],
        title: 'No worker runs',
        says: `${count.toLocaleString('en-US')} ${count === 1 ? 'waits' : 'wait'}, ${since}: nobody is told of anything.`,
        fix: 'Start one.',
        command: `${invocation} start`,
        count,
        firstAt,
      }),
    ];
  }
  return waiting.map(({ lane, receivedAt }) =>
    problem({
      kind: 'worker',
      key: ['unserved', lane],
      title: `${nameOf(lane)}: no worker has it`,
      says: `${plural(depthOf(lane), lane === EXPAND_LANE ? 'event' : 'message')} cannot go on, ${since}, though a worker runs.`,
      fix: 'Restart the worker: its settings may differ from these.',
      destination: OWN_LANES.includes(lane) ? null : lane,
      count: depthOf(lane),
      firstAt: receivedAt,
    }),
  );
}

function stuck({ lane, eventId, receivedAt, owner }: WaitingLane, { depths, now }: LanesSeen): Problem {
  return problem({
    kind: 'worker',
    key: ['stuck', lane],
    title: `${nameOf(lane)}: nothing moves`,
    says: `Event ${eventId} has waited ${span(Math.max(0, now - receivedAt))}, though ${owner} has the lane.`,
    fix: 'Restart that process. Its log says what it tries.',
    destination: OWN_LANES.includes(lane) ? null : lane,
    count: depths.find((each) => each.lane === lane)?.depth ?? 1,
    event_ids: [eventId],
    firstAt: receivedAt,
  });
}

function nameOf(lane: string): string {
  return lane === EXPAND_LANE ? 'Decisions' : lane;
}
