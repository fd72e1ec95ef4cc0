import type { Happening } from '../types.ts';
import { Chance } from './chance.ts';
import { CONTENT_KINDS, type ContentKind } from './payloads.ts';
import type { PlaceTerms, Trouble } from './place.ts';

/** One delivery, and who makes it again. */
export interface Delivery {
  readonly kind: 'delivery';
  /** Which one it is, over all; one that is made again has the number of the first. */
  readonly no: number;
  readonly content: ContentKind;
  readonly isGood: boolean;
  /**
   * `again`: a person's click on Redeliver. `twin`: the same body under a guid of its own. `forged`: that, and as an event of another
   * type; it may come before the true one.
   */
  readonly way: 'first' | 'again' | 'twin' | 'forged';
}

export type Fault =
  | { readonly kind: 'kill' | 'restart' | 'reload'; readonly machine: number }
  | { readonly kind: 'kill at commit'; readonly machine: number; readonly after: number; readonly isBefore: boolean }
  | { readonly kind: 'kill at departure'; readonly machine: number }
  | {
      readonly kind: 'freeze' | 'freeze at departure' | 'freeze at question';
      readonly machine: number;
      readonly forMs: number;
    }
  | { readonly kind: 'clock'; readonly ms: number }
  /** By a day. */
  | { readonly kind: 'clock ahead'; readonly machine: number; readonly forMs: number; readonly isKilled: boolean }
  | { readonly kind: 'disk full' | 'disk slow' | 'disk errs' | 'locked'; readonly forMs: number }
  | { readonly kind: 'trouble'; readonly place: number; readonly how: Trouble; readonly forMs: number }
  /** A place rejects what comes; then somebody replays one event of those, and later all that was given up. */
  | { readonly kind: 'given up'; readonly place: number; readonly forMs: number; readonly nth: number }
  /** Nothing can arrive at a place; then somebody mends it, and says so. */
  | { readonly kind: 'broken'; readonly place: number; readonly forMs: number }
  /** Somebody replays just what is about to be erased. */
  | { readonly kind: 'replay at erasure' }
  /** Somebody replays, or releases, just as a delivery is stored. */
  | { readonly kind: 'replay at arrival'; readonly what: 'an event' | 'quarantined'; readonly nth: number }
  | { readonly kind: 'replay'; readonly what: 'an event' | 'dead' | 'unknown' | 'quarantined'; readonly nth: number };

export interface Planned {
  readonly index: number;
  /** ms after the beginning. */
  readonly at: number;
  readonly what: Delivery | Fault;
}

export interface MachinePlan {
  readonly name: string;
  readonly receives: boolean;
  readonly works: boolean;
}

/** Everything about a run that its seed says before it begins. */
export interface Plan {
  readonly machines: readonly MachinePlan[];
  readonly places: readonly PlaceTerms[];
  /** How long bodies, events and attempts are kept, ms. Null: for ever. */
  readonly keptMs: number | null;
  /** How long what is told of issues waits for more about them, ms. */
  readonly settleMs: number;
  readonly happenings: readonly Planned[];
  /** When the last of them has been. */
  readonly endsAt: number;
}

const LAYOUTS: readonly (readonly MachinePlan[])[] = [
  [{ name: 'tidings', receives: true, works: true }],
  [
    { name: 'receiver', receives: true, works: false },
    { name: 'worker 1', receives: false, works: true },
    { name: 'worker 2', receives: false, works: true },
  ],
  [
    { name: 'tidings 1', receives: true, works: true },
    { name: 'tidings 2', receives: true, works: true },
  ],
];

const MOST_FAULTS = 8;

/** Each so manieth seed has a crowd as well. */
const CROWDED = 7;
const SEED_OF_CROWDED = 4;

/** In each so manieth seed a place breaks as well. */
const BREAKING = 11;
const SEED_OF_BREAKING = 5;

/** In each so manieth seed both places are of one account. */
const SHARING = 11;
const SEED_OF_SHARING = 0;
const ACCOUNT = { rateKey: 'of both', intervalMs: 3_000 };

/** `steps`: so many of the seed's happenings, the first ones. */
export function planOf(seed: number, steps: number | undefined): Plan {
  const chance = new Chance(seed, 'plan');
  const machines = chance.pick(LAYOUTS);
  const apart = placesOf(new Chance(seed, 'places'));
  const places = seed % SHARING === SEED_OF_SHARING ? apart.map(ofOneAccount) : apart;
  const horizon = chance.int(8_000, 40_000);
  const count = chance.int(4, 36);
  const faults = Math.min(chance.int(0, MOST_FAULTS), Math.floor(count / 2));
  const deliveries = deliveriesOf(new Chance(seed, 'deliveries'), count - faults, horizon);
  const troubles = faultsOf(new Chance(seed, 'faults'), faults, horizon, machines.length, places.length);
  const more = seed % CROWDED === SEED_OF_CROWDED ? crowd(new Chance(seed, 'crowd'), count, horizon) : [];
  const breakdowns =
    seed % BREAKING === SEED_OF_BREAKING ? breaking(new Chance(seed, 'breaking'), horizon, places.length) : [];
  const happenings = [...deliveries, ...troubles, ...more, ...breakdowns]
    .toSorted((a, b) => a.at - b.at)
    .map((each, index): Planned => ({ ...each, index }))
    .slice(0, steps);
  const keptMs = chance.odds(0.25) ? chance.int(2, 15) * 1_000 : null;
  // What came while the clock was a day ahead settles until then.
  const mayWaitADay = troubles.some(({ what }) => what.kind === 'clock ahead');
  const settleMs = chance.odds(0.3) && !mayWaitADay ? 2_000 : 0;
  return { machines, places, keptMs, settleMs, happenings, endsAt: Math.max(...happenings.map(({ at }) => at), 0) };
}

function placesOf(chance: Chance): readonly PlaceTerms[] {
  const retry = { baseMs: 1_000, capMs: 20_000, maxTries: chance.odds(0.3) ? 3 : 260 };
  const chat: PlaceTerms = {
    name: 'chat',
    // With the long one, who takes over comes sooner than the pace allows.
    intervalMs: chance.pick([1_000, 1_000, 1_000, 12_000]),
    concurrency: 1,
    digestOver: 2,
    digestMax: chance.pick([3, 8, 1_000]),
    onUnknown: 'resend',
    mayForgetAttempts: false,
    retry,
  };
  const hook: PlaceTerms = {
    name: 'hook',
    intervalMs: 0,
    concurrency: chance.pick([1, 4]),
    digestOver: null,
    digestMax: 1,
    onUnknown: chance.pick(['hold', 'resend']),
    mayForgetAttempts: false,
    retry,
  };
  return [chat, hook];
}

function ofOneAccount(terms: PlaceTerms): PlaceTerms {
  return { ...terms, concurrency: 1, account: ACCOUNT };
}

type Unnumbered = Omit<Planned, 'index'>;

function deliveriesOf(chance: Chance, count: number, horizon: number): readonly Unnumbered[] {
  const list: Unnumbered[] = [];
  const firsts: Delivery[] = [];
  const isFlood = chance.odds(0.2);
  const isAboutRuns = chance.odds(0.2);
  for (let n = 0; n < count; n++) {
    const at = isFlood && chance.odds(0.7) ? horizon / 2 + chance.between(0, 20) : chance.between(0, horizon);
    const before = firsts.length > 0 && chance.odds(0.15) ? chance.pick(firsts) : undefined;
    const what: Delivery = before
      ? { ...before, way: chance.weighed({ again: 6, twin: 2, forged: 2 }) }
      : {
          kind: 'delivery',
          no: n + 1,
          content: contentKind(chance, isAboutRuns),
          isGood: chance.odds(0.5),
          way: 'first',
        };
    if (what.way === 'first') firsts.push(what);
    list.push({ at, what });
  }
  return list;
}

/**
 * What seldom comes together by itself: results with replays in between, and something that is sent again under another guid right before
 * much else. `after`: the greatest number of all others.
 */
function crowd(chance: Chance, after: number, horizon: number): readonly Unnumbered[] {
  let no = after;
  const first = (content: ContentKind): Delivery => {
    no += 1;
    return { kind: 'delivery', no, content, isGood: chance.odds(0.5), way: 'first' };
  };
  const list = (count: number, make: () => Unnumbered) => Array.from({ length: count }, make);
  const results = list(chance.int(3, 9), () => ({ at: chance.between(0, horizon), what: first('run') }));
  const replays = list(chance.int(1, 4), () => {
    const what = chance.pick(['an event', 'an event', 'quarantined'] as const);
    return { at: chance.between(0, horizon), what: { kind: 'replay at arrival', what, nth: chance.int(0, 9) } };
  });
  const sent = first(chance.pick(['issue', 'issue', 'run']));
  const at = chance.between(0, horizon);
  const again = at + chance.between(100, 1_500);
  const others = list(chance.int(6, 14), () => ({
    at: again + chance.between(0, 500),
    what: first(chance.pick(['star', 'star', 'comment', 'run'])),
  }));
  return [...results, ...replays, { at, what: sent }, { at: again, what: { ...sent, way: 'twin' } }, ...others];
}

function contentKind(chance: Chance, isAboutRuns: boolean): ContentKind {
  if (isAboutRuns && chance.odds(0.7)) return 'run';
  return chance.odds(0.5) ? 'issue' : chance.pick(CONTENT_KINDS);
}

const WEIGHTS = {
  kill: 3,
  restart: 2,
  reload: 2,
  'kill at commit': 4,
  'kill at departure': 2,
  freeze: 3,
  'freeze at departure': 3,
  'freeze at question': 2,
  clock: 2,
  'clock ahead': 2,
  'disk full': 1,
  'disk slow': 2,
  'disk errs': 1,
  locked: 1,
  trouble: 5,
  'given up': 2,
  'replay at erasure': 1,
  replay: 3,
} as const satisfies Partial<Record<Fault['kind'], number>>;

const TROUBLES: readonly Trouble[] = [
  'refuses',
  'hangs',
  'unreachable',
  'says slow down',
  'loses answers',
  'loses answers',
  'rejects',
];

function breaking(chance: Chance, horizon: number, places: number): readonly Unnumbered[] {
  const place = chance.int(0, places - 1);
  return [{ at: chance.between(0, horizon / 2), what: { kind: 'broken', place, forMs: chance.int(2_000, 30_000) } }];
}

function faultsOf(
  chance: Chance,
  count: number,
  horizon: number,
  machines: number,
  places: number,
): readonly Unnumbered[] {
  return Array.from({ length: count }, () => ({
    at: chance.between(0, horizon),
    what: faultOf(chance, chance.int(0, machines - 1), chance.int(0, places - 1)),
  }));
}

function faultOf(chance: Chance, machine: number, place: number): Fault {
  const kind = chance.weighed(WEIGHTS);
  switch (kind) {
    case 'kill at commit':
      return { kind, machine, after: chance.int(0, 12), isBefore: chance.odds(0.5) };
    case 'freeze':
    case 'freeze at departure':
      return { kind, machine, forMs: chance.odds(0.6) ? chance.int(9_000, 25_000) : chance.int(100, 9_000) };
    case 'freeze at question':
      return { kind, machine, forMs: chance.int(9_000, 25_000) };
    case 'clock ahead':
      return { kind, machine, forMs: chance.int(3_000, 12_000), isKilled: chance.odds(0.5) };
    case 'clock':
      return { kind, ms: chance.pick([-1, 1]) * chance.pick([300, 4_000, 9_000, 20_000, 600_000]) };
    case 'disk full':
    case 'disk errs':
    case 'locked':
      return { kind, forMs: chance.int(100, 6_000) };
    case 'disk slow':
      return { kind, forMs: chance.int(1_000, 15_000) };
    case 'trouble':
      return { kind, place, how: chance.pick(TROUBLES), forMs: chance.int(500, 20_000) };
    case 'replay at erasure':
      return { kind };
    case 'given up':
      return { kind, place, forMs: chance.int(1_000, 8_000), nth: chance.int(0, 9) };
    case 'replay':
      return { kind, what: chance.pick(['an event', 'dead', 'unknown', 'quarantined']), nth: chance.int(0, 9) };
    default:
      return { kind, machine };
  }
}

/** As a list of happenings for whoever leaves some out. */
export function happeningOf({ index, at, what }: Planned, plan: Plan): Happening {
  const says = what.kind === 'delivery' ? deliveryWords(what) : faultWords(what, plan);
  return {
    index,
    kind: what.kind === 'delivery' ? 'delivery' : 'fault',
    says: `${says}, at ${(at / 1_000).toFixed(1)} s`,
  };
}

function deliveryWords({ no, content, way }: Delivery): string {
  const words = { first: '', again: ' again', twin: ' under another guid', forged: ' under another guid and type' };
  return `delivery ${no} (${content})${words[way]}`;
}

export function faultWords(fault: Fault, { machines, places }: Plan): string {
  const machine = 'machine' in fault ? (machines[fault.machine]?.name ?? '') : '';
  const during = 'forMs' in fault ? ` for ${(fault.forMs / 1_000).toFixed(1)} s` : '';
  switch (fault.kind) {
    case 'kill at commit':
      return `${machine} is killed ${fault.isBefore ? 'before' : 'after'} commit ${fault.after} from now`;
    case 'kill at departure':
      return `${machine} is killed as its next message leaves`;
    case 'freeze at departure':
      return `${machine} is frozen before its next message leaves${during}`;
    case 'freeze at question':
      return `${machine} is frozen while it asks for its lanes${during}`;
    case 'clock ahead':
      return `the clock is a day ahead${during}${fault.isKilled ? `, and ${machine} is killed meanwhile` : ''}`;
    case 'clock':
      return `the clock is put ${fault.ms > 0 ? 'forward' : 'back'} by ${Math.abs(fault.ms) / 1_000} s`;
    case 'trouble':
      return `${places[fault.place]?.name} ${fault.how}${during}`;
    case 'broken':
      return `${places[fault.place]?.name} is gone${during}; then somebody mends it, and resumes`;
    case 'replay at erasure':
      return 'somebody will replay what is about to be erased';
    case 'replay at arrival':
      return `somebody will replay ${fault.what} as the next delivery is stored`;
    case 'given up':
      return `${places[fault.place]?.name} rejects all${during}; then somebody replays an event, and then what was given up`;
    case 'replay':
      return `somebody replays ${fault.what}`;
    case 'disk full':
    case 'disk slow':
    case 'disk errs':
      return `the ${fault.kind}${during}`;
    case 'locked':
      return `another program locks the database${during}`;
    case 'freeze':
      return `${machine} is frozen${during}`;
    default:
      return `${machine}: ${fault.kind}`;
  }
}
