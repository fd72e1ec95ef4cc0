/** What is simulated: one run is (seed, steps, without), and nothing else. */
export interface Simulated {
  readonly seed: number;
  /** Deliveries that senders make. Default: as many as the seed says, some tens. */
  readonly steps?: number | undefined;
  /** Indexes of planned happenings that are left out; all others stay as they are. Default: none. */
  readonly without?: ReadonlySet<number> | undefined;
  /** Checks that are not made, by name. For a test that shows what each of them finds. Default: all are made. */
  readonly unchecked?: ReadonlySet<CheckName> | undefined;
}

export const CHECKS = [
  /** What was answered with 200 is stored byte for byte under its id, and is decided and told in the end. */
  'lost',
  /** One delivery is one event; one happening is one message for each destination. */
  'dedup',
  /** A message arrives twice only where an attempt's end is `unknown`. */
  'twice',
  /** A lane's events arrive in their order. */
  'order',
  /** Messages of a destination with a pace arrive no faster. */
  'pace',
  /** States of events and notifications change as docs/states.md says. */
  'states',
  /** Only who holds a lane writes for it. */
  'fence',
  /** Nothing goes that waits, is dead or quarantined, or is younger than its term. */
  'retention',
  /** Comparisons with the result before tell the truth. */
  'results',
  /** No loop ends by a bug, and nothing is logged as an error that is not the world's doing. */
  'bugs',
] as const;
export type CheckName = (typeof CHECKS)[number];

export interface Violation {
  readonly check: CheckName;
  /** A sentence with the ids. */
  readonly says: string;
}

/** A delivery or a fault that the seed planned. `without` leaves it out by its index. */
export interface Happening {
  readonly index: number;
  readonly kind: 'delivery' | 'fault';
  /** One line: `worker 2 is frozen at 12.3 s for 9 s`. */
  readonly says: string;
}

/** What became of a run. The same run has the same verdict, story and digest included. */
export interface Verdict {
  readonly seed: number;
  readonly ok: boolean;
  readonly violations: readonly Violation[];
  /** One line for each thing that can be seen from outside, with its time: `  12.345 s  sender 3: delivery 17 → 200 as event 12`. */
  readonly story: readonly string[];
  /** Of all that happened, also what no line tells: equal where two runs are. */
  readonly digest: string;
  readonly happenings: readonly Happening[];
  /** Wake-ups that were run. */
  readonly wakeUps: number;
  /** Simulated, in ms. */
  readonly lasted: number;
}

/** What a Simulator does (simulate.ts). */
export type Simulate = (simulated: Simulated) => Promise<Verdict>;
