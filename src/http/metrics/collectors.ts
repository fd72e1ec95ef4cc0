import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Archive } from '../../model/inbox/archive.ts';
import { EXPAND_LANE, OWN_LANES } from '../../model/inbox/lanes.ts';
import type { Upkeep } from '../../model/inbox/upkeep.ts';
import type { Clock } from '../../shared/clock.ts';

export interface MetricsDeps {
  /** Null in a process that has no database of its own to ask; then there are no lane gauges. */
  readonly archive: Pick<Archive, 'depths'> | null;
  /** Undefined: then there are no gauges of its size. */
  readonly upkeep?: Pick<Upkeep, 'storedSize'> | undefined;
  readonly clock: Clock;
  /** Bytes of requests that are not answered yet. */
  readonly inFlightBytes?: (() => number) | undefined;
}

/** Seconds. A commit takes 1–25 ms; over a second the disk is in trouble. */
const APPEND_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];
/** Seconds. From a few ms on an idle lane to the hours of an outage at the destination. */
const TOLD_BUCKETS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 3_600, 21_600];
/** Seconds. One outbound request. */
const ATTEMPT_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** No label carries a repository, a person or an id: their number has no bound, and they are nobody's business. */
export type Collectors = ReturnType<typeof createCollectors>;

export function createCollectors(deps: MetricsDeps) {
  const registry = new Registry();
  const registers = [registry];
  // Under their conventional names (process_…, nodejs_…), which existing dashboards know.
  collectDefaultMetrics({ register: registry });
  const refreshLanes = laneGauges(registers, deps);
  const refreshSize = sizeGauges(registers, deps);
  if (deps.inFlightBytes !== undefined) inFlightGauge(registers, deps.inFlightBytes);

  return {
    ...receiving(registers),
    ...sending(registers),
    async text() {
      await Promise.all([refreshLanes(), refreshSize()]);
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}

/** From the request to the decision. */
function receiving(registers: Registry[]) {
  return {
    received: new Counter({
      name: 'tidings_received_total',
      help: 'Webhook requests by source (unknown: no such source) and what became of them. unavailable: not stored, the sender was told to try again; not_now: not verified, told the same; handshake: answered, nothing to store; refused: the signature did not verify.',
      labelNames: ['source', 'result'],
      registers,
    }),
    verified: new Counter({
      name: 'tidings_verified_total',
      help: 'Verified requests by the secret that matched, from 1 in the configured order. One that no longer grows can be removed.',
      labelNames: ['source', 'secret'],
      registers,
    }),
    append: new Histogram({
      name: 'tidings_append_seconds',
      help: 'From the verified request to the commit that holds it: what a sender waits for the disk.',
      buckets: APPEND_BUCKETS,
      registers,
    }),
    listening: new Gauge({
      name: 'tidings_listening',
      help: '1 while a source that listens is connected to its provider, 0 while it is not: only in the process whose worker holds the lane listen.',
      labelNames: ['source'],
      registers,
    }),
    expanded: new Counter({
      name: 'tidings_expanded_total',
      help: 'Events by the state the rules gave them: routed, skipped, failed or quarantined.',
      labelNames: ['state'],
      registers,
    }),
  };
}

/** From the decision to the destination. */
function sending(registers: Registry[]) {
  return {
    attempts: new Counter({
      name: 'tidings_attempts_total',
      help: 'Tries to send by destination and outcome. retry: the lane pauses; rejected: this message died; broken: nothing can arrive there, the lane holds what it has; unknown: the answer was lost.',
      labelNames: ['destination', 'outcome'],
      registers,
    }),
    attemptSeconds: new Histogram({
      name: 'tidings_attempt_seconds',
      help: 'How long one try to send took, whatever its outcome.',
      labelNames: ['destination'],
      buckets: ATTEMPT_BUCKETS,
      registers,
    }),
    told: new Histogram({
      name: 'tidings_told_seconds',
      help: "End to end: from the last byte of the webhook to the destination's yes, one observation a notification.",
      labelNames: ['destination'],
      buckets: TOLD_BUCKETS,
      registers,
    }),
    pruned: new Counter({
      name: 'tidings_pruned_total',
      help: 'What was taken away because it outlived its term, or for want of room: bodies, events, attempts, leftovers (results and receipts).',
      labelNames: ['kind'],
      registers,
    }),
    cards: new Counter({
      name: 'tidings_cards_total',
      help: 'Cards by destination and result: posted, edited, or not_shown, where a try was in vain. They are messages, too, and are counted here alone.',
      labelNames: ['destination', 'result'],
      registers,
    }),
    uncertain: new Counter({
      name: 'tidings_uncertain_total',
      help: 'Notifications whose answer was lost and that are told again: perhaps twice.',
      labelNames: ['destination'],
      registers,
    }),
    settled: new Counter({
      name: 'tidings_settled_total',
      help: 'Notifications whose answer was lost and that were looked for where they may have arrived. sent: it had arrived, and was not told again; absent: it had not, and was; unknowable: nobody can say (a scope that the app lacks), so it was told again, perhaps twice, or is held. A card is one.',
      labelNames: ['destination', 'result'],
      registers,
    }),
  };
}

/**
 * All gauges from one question to the database. They are filled before the scrape and not by `collect`, which
 * prom-client runs for all metrics at once. A database that does not answer leaves the series out and fails nothing else:
 * that it is ill is told by /readyz.
 */
function laneGauges(registers: Registry[], { archive, clock }: MetricsDeps): () => Promise<void> {
  if (archive === null) return async () => {};
  const depth = new Gauge({
    name: 'tidings_lane_depth',
    help: 'How many wait in the lane: pending events for expand, queued notifications for a destination.',
    labelNames: ['lane'],
    registers,
  });
  const age = new Gauge({
    name: 'tidings_lane_oldest_age_seconds',
    help: 'Age of the oldest that waits in the lane, 0 when nothing waits. What to alert on: it grows while a destination is ill.',
    labelNames: ['lane'],
    registers,
  });
  const broken = new Gauge({
    name: 'tidings_lane_broken',
    help: '1 while nothing can arrive at the destination until somebody does something: all that is for it waits. tidings destinations says why.',
    labelNames: ['destination'],
    registers,
  });
  const held = new Gauge({
    name: 'tidings_lane_paused',
    help: '1 while a person has the destination paused: all that is for it waits. tidings destinations says who.',
    labelNames: ['destination'],
    registers,
  });
  const cards = new Gauge({
    name: 'tidings_cards_behind',
    help: 'How many cards of the destination show less than is known of what they are about.',
    labelNames: ['destination'],
    registers,
  });
  return async () => {
    const lanes = (await archive.depths().catch(() => [])).filter(
      // In the other ones of its own nothing waits.
      ({ lane }) => lane === EXPAND_LANE || !OWN_LANES.includes(lane),
    );
    depth.reset();
    age.reset();
    broken.reset();
    held.reset();
    cards.reset();
    for (const { lane, depth: waiting, oldestReceivedAt, broken: why, held: by, cardsBehind } of lanes) {
      if (!OWN_LANES.includes(lane)) {
        broken.labels(lane).set(why === null ? 0 : 1);
        held.labels(lane).set(by === null ? 0 : 1);
        cards.labels(lane).set(cardsBehind);
      }
      depth.labels(lane).set(waiting);
      age.labels(lane).set(oldestReceivedAt === null ? 0 : Math.max(0, clock.now() - oldestReceivedAt) / 1000);
    }
  };
}

/** As the lanes' gauges. */
function sizeGauges(registers: Registry[], { upkeep }: MetricsDeps): () => Promise<void> {
  if (upkeep === undefined) return async () => {};
  const stored = new Gauge({
    name: 'tidings_stored_bytes',
    help: 'What the database takes on the disk, its log left out.',
    registers,
  });
  const free = new Gauge({
    name: 'tidings_stored_free_bytes',
    help: 'Of tidings_stored_bytes, what is free to be used again. Postgres does not say: 0.',
    registers,
  });
  return async () => {
    const size = await upkeep.storedSize().catch(() => null);
    stored.reset();
    free.reset();
    if (size === null) return;
    stored.set(size.bytes);
    free.set(size.freeBytes);
  };
}

function inFlightGauge(registers: Registry[], inFlightBytes: () => number): void {
  const gauge: Gauge = new Gauge({
    name: 'tidings_in_flight_bytes',
    help: 'Bytes reserved for webhook requests that are not answered yet. At the limit senders are told 503.',
    registers,
    collect(): void {
      gauge.set(inFlightBytes());
    },
  });
}
