import type { LaneDepth } from '../../model/inbox/archive.ts';
import { EXPAND_LANE, OWN_LANES } from '../../model/inbox/lanes.ts';
import { iso, isoOrNull } from '../../shared/time-words.ts';
import type { Lane, Lanes } from '../api/answers/lanes.ts';
import type { KnownPlace } from '../api/running-system.ts';
import { isRetrying, laneWords } from './lane-words.ts';

/** Every destination in its order, and after them what waits for one that is configured no more. `places` null: nobody knows them. */
export function lanesJson(
  depths: readonly LaneDepth[],
  places: readonly KnownPlace[] | null,
  { now, invocation }: { readonly now: number; readonly invocation: string },
): Lanes {
  const byName = new Map(depths.map((each) => [each.lane, each]));
  const known = new Set(places?.map(({ name }) => name));
  const left = depths.filter(
    ({ lane, depth }) => !known.has(lane) && !OWN_LANES.includes(lane) && (places === null || depth > 0),
  );
  const undecided = byName.get(EXPAND_LANE);
  const around = { now, invocation };
  return {
    lanes: [
      ...(places ?? []).map((place) => laneJson(place, byName.get(place.name) ?? null, true, around)),
      ...left.map((lane) => laneJson(nobodyKnows(lane.lane), lane, places === null, around)),
    ],
    undecided: {
      waiting: undecided?.depth ?? 0,
      oldest_received_at: isoOrNull(undecided?.oldestReceivedAt ?? null),
    },
  };
}

function nobodyKnows(name: string): KnownPlace {
  return {
    name,
    type: '',
    words: '',
    paceMs: null,
    digestOver: null,
    concurrency: null,
    whyNoTest: 'It is not known here.',
  };
}

function laneJson(
  { name, type, words, paceMs, digestOver, concurrency, whyNoTest }: KnownPlace,
  lane: LaneDepth | null,
  isConfigured: boolean,
  { now, invocation }: { readonly now: number; readonly invocation: string },
): Lane {
  const broken = lane?.broken ?? null;
  const held = lane?.held ?? null;
  return {
    name,
    type,
    where: words,
    ...laneWords({ name, lane, isConfigured }, now, invocation),
    waiting: lane?.depth ?? 0,
    cards_behind: lane?.cardsBehind ?? 0,
    oldest_received_at: isoOrNull(lane?.oldestReceivedAt ?? null),
    last_sent_at: isoOrNull(lane?.sentAt ?? null),
    paused_until: lane !== null && isRetrying(lane, now) ? iso(lane.notBefore) : null,
    failures: lane?.failures ?? 0,
    broken: broken && { since: iso(broken.at), reason: broken.reason },
    held: held && { by: held.by, since: iso(held.at), until: isoOrNull(held.until) },
    pace_ms: paceMs,
    digest_over: digestOver,
    concurrency,
    served_by: lane?.owner ?? null,
    can_test: whyNoTest === null && whyNotNow(lane, now) === null,
  };
}

/** Why nothing may be sent beside a lane, as a sentence. Null: it may. */
export function whyNotNow(lane: LaneDepth | null, now: number): string | null {
  if (lane === null) return null;
  if (lane.broken !== null) return 'Nothing can arrive there: resume it, and the first message that waits is the test.';
  if (lane.held !== null) return 'It is paused: resume it first.';
  if (isRetrying(lane, now)) return 'It has failed, and is tried again soon: see whether that arrives.';
  return lane.depth > 0 ? 'Messages are being sent there: see whether they arrive.' : null;
}
