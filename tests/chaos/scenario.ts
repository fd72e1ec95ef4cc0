import { setTimeout } from 'node:timers/promises';
import type { LaneOwner } from '../../src/model/inbox/lanes.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { type EndpointDouble, startEndpointDouble } from '../doubles/endpoint-double.ts';
import { type SlackDouble, startSlackDouble } from '../doubles/slack-double.ts';
import { type Account, takeAccount } from '../support/account.ts';
import { configure, drained } from '../support/data-dir.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { issueOpened } from '../support/payloads.ts';
import { seeded } from '../support/seeded.ts';
import { GITHUB_WAITS_MS, type Senders, startSenders } from '../support/senders.ts';
import { type Fleet, type FleetSize, startFleet } from './fleet.ts';
import { ownedBy } from './owned-by.ts';
import { type Network, openNetwork } from './soak/network.ts';
import type { Store } from './store.ts';

export interface Terms {
  readonly seed: number;
  /** How long things go wrong, ms. */
  readonly chaosMs: number;
  /** For scenarios that are counted. */
  readonly rounds: number;
  readonly size: FleetSize;
  /** How many deliver at once. */
  readonly senders: number;
  /** Between two deliveries of one sender, on average. Default: the scenario's. */
  readonly pauseMs?: number;
  /** Whether the machine is quiet enough to ask that nobody waited too long: `npm test` runs beside other work. */
  readonly timed: boolean;
  /** Of several on one store, from 0: no two send the same. */
  readonly part?: number;
  /** Called when it begins. */
  readonly watch?: (context: Pick<ScenarioContext, 'fleet' | 'senders'>) => void;
}

/** Where one scenario happens: processes under load, and the other side of all they do. */
export interface ScenarioContext {
  readonly store: Store;
  readonly terms: Terms;
  readonly fleet: Fleet;
  readonly endpoint: EndpointDouble;
  readonly slack: SlackDouble;
  readonly senders: Senders;
  /** Null: everything reaches everything directly. */
  readonly network: Network | null;
  readonly random: () => number;
  pick<T>(from: readonly T[]): T;
  /** The schedule of the chaos: does `work` every `ms`, until `chaosMs` have passed. */
  every(ms: number, work: (n: number) => Promise<unknown>): Promise<void>;
  /** Asks the database until some lane's holder is one that is looked for. */
  holder(of: (holder: LaneOwner) => boolean, timeoutMs?: number): Promise<LaneOwner>;
  /** Gives back the leases of workers that are no more, as 10 s of waiting would. */
  releaseDeadLeases(): Promise<void>;
}

export interface Scenario {
  readonly name: string;
  /** What is done, as a sentence of the report. */
  readonly title: string;
  /** `never`: nothing is in doubt here, so that one repetition is a fault. */
  readonly toldTwice: 'in doubt' | 'never';
  /** Resolves with what happened, in words. */
  run(context: ScenarioContext): Promise<string>;
  /** Between two deliveries of one sender, on average. Default 110: about seventy a second in all. */
  readonly pauseMs?: number;
  /** Why it cannot happen on this machine; null when it can. */
  readonly needs?: () => string | null;
  /** It stops or changes the server, or the connections of others: never somebody's. */
  readonly ownServer?: true;
  /** Where it needs another store than its kind's. */
  readonly open?: () => Promise<Store>;
  /** False where leases are taken from the dead before their time: then Slack's pace is not asked for. */
  readonly paced: boolean;
  /** Everything goes by links that can be cut, and by clocks that can be moved. Default false. */
  readonly networked?: boolean;
}

export interface Result {
  readonly happened: string;
  readonly account: Account;
  /** The longest that a sender waited. */
  readonly slowestMs: number;
  readonly faults: readonly string[];
}

const PAUSE_MS = 110;
/** So that a process that is killed is often in the middle of a send. */
const THINK_MS = 5;
/** A killed worker's leases run out first. */
const DRAIN_MS = 180_000;
/** More than one part can send. */
const ISSUES_A_PART = 1_000_000;
/** What a worker says of a request that it could not call back any more: src/jobs/attempt.ts. */
export const LATE = 'a request left late';
const CHANNELS = new Map([
  ['team', '/services/T0000/B0000/team'],
  ['ops', '/services/T0000/B0000/ops'],
]);

/** Load, chaos, a graceful stop in the middle of it; then one worker tells the rest, and everything is counted. */
export async function runScenario(scenario: Scenario, store: Store, terms: Terms): Promise<Result> {
  await using endpoint = await startEndpointDouble({ thinkMs: THINK_MS });
  await using slack = await startSlackDouble({ enforceRate: scenario.paced, closing: true });
  await using network = scenario.networked ? await openNetwork(store) : null;
  const through = async (url: string) => (await network?.through(url)) ?? url;
  await configureAll(store, { audit: await through(endpoint.url), slack: await through(slack.url) }, scenario.paced);
  const env = (place: number) => network?.env(place) ?? store.env;
  await using fleet = await startFleet(store.dataDir, { env, supervised: network !== null }, terms.size);
  const before = await newestId(store);
  const random = seeded(terms.seed);
  const pace = () => setTimeout(2 * (terms.pauseMs ?? scenario.pauseMs ?? PAUSE_MS) * Math.random());
  const urls = await Promise.all(fleet.receivers.map(({ url }) => through(url)));
  let turn = 0;
  const issue = (n: number) => issueOpened((terms.part ?? 0) * ISSUES_A_PART + n);
  const senders = startSenders(terms.senders, () => urls[turn++ % urls.length] ?? '', pace, issue);
  terms.watch?.({ fleet, senders });
  const tools = toolsOf(random, terms, store, fleet);
  const happened = await scenario
    .run({ store, terms, fleet, endpoint, slack, senders, network, random, ...tools })
    .catch((error: unknown) => {
      fleet.faults.push(`it broke off: ${error instanceof Error ? error.message : String(error)}`);
      return 'broken off';
    });
  await senders.stop();
  await fleet.stop();

  await using inbox = await store.open();
  await fleet.addWorker();
  await drained(inbox, DRAIN_MS);
  await fleet.stop();
  const { messages, violations } = slack;
  const seen = { messages, violations: withoutLate(violations, fleet.said(LATE)) };
  const account = await takeAccount(inbox, senders.sent, { endpoint, slack: seen, channels: CHANNELS }, before);
  const slowestMs = Math.max(0, ...senders.sent.map(({ tookMs }) => tookMs));
  return { happened, account, slowestMs, faults: faultsOf(scenario, account, terms.timed ? slowestMs : 0, fleet) };
}

async function newestId(store: Store): Promise<number> {
  await using inbox = await store.open();
  const [newest] = await inbox.list({ limit: 1 });
  return newest?.id ?? 0;
}

/** One HTTP endpoint and two channels of Slack, told of every opened issue. `at`: where they are. */
export function configureAll(
  store: Store,
  at: { readonly audit: string; readonly slack: string },
  paced: boolean,
): Promise<void> {
  const pace = paced ? {} : { per_second: 0 };
  const channels = [...CHANNELS].map(([name, path]) => [
    name,
    { type: 'slack', webhook_url: new URL(path, at.slack).href, ...pace },
  ]);
  const destinations = { audit: { type: 'http', url: at.audit }, ...Object.fromEntries(channels) };
  return configure(store.dataDir, {
    destinations,
    rules: [{ on: { issues: ['opened'] }, to: Object.keys(destinations) }],
  });
}

/**
 * Between a process's last look at its lease and its write nobody can stop it. Each request that a worker itself calls late
 * may be the one message, or come right before the one, that was too fast.
 */
function withoutLate(violations: SlackDouble['violations'], late: number): SlackDouble['violations'] {
  const tooFast = violations.filter(({ rule }) => rule === 'rate').slice(0, late);
  return violations.filter((violation) => !tooFast.includes(violation));
}

function faultsOf({ toldTwice }: Scenario, account: Account, slowestMs: number, fleet: Fleet): string[] {
  const twice = toldTwice === 'never' && account.toldTwice.size > 0;
  return [
    ...account.lost,
    ...account.faults,
    ...fleet.faults,
    ...(twice ? ['something was told twice, where nothing was in doubt'] : []),
    ...(slowestMs > GITHUB_WAITS_MS ? [`a sender waited ${Math.round(slowestMs)} ms`] : []),
    ...(account.acknowledged === 0 ? ['nothing was acknowledged: this proved nothing'] : []),
  ];
}

type Tools = Pick<ScenarioContext, 'pick' | 'every' | 'holder' | 'releaseDeadLeases'>;

function toolsOf(random: () => number, { chaosMs }: Terms, store: Store, fleet: Fleet): Tools {
  return {
    pick(from) {
      const picked = from[Math.floor(random() * from.length)];
      if (picked === undefined) throw new Error('there is nothing to pick from');
      return picked;
    },
    async every(ms, work) {
      const began = performance.now();
      for (let n = 0; performance.now() - began < chaosMs; n++) {
        await Promise.all([setTimeout(ms), work(n)]);
      }
    },
    async holder(isWanted, timeoutMs = PATIENCE_MS) {
      await using inbox = await store.open();
      return await wanted(inbox, isWanted, timeoutMs);
    },
    async releaseDeadLeases() {
      await using inbox = await store.open();
      const owners = new Set((await inbox.owners()).map(({ owner }) => owner));
      for (const owner of owners) if (ownedBy(owner, fleet) === undefined) await inbox.release(owner);
    },
  };
}

/** Resolves with how long it took, ms, until so many more deliveries were acknowledged. */
export function acknowledgedAgain({ senders }: Pick<ScenarioContext, 'senders'>, deliveries = 100): Promise<number> {
  const began = performance.now();
  let left = deliveries;
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      senders.onAcknowledged = undefined;
    };
    const timer = globalThis.setTimeout(() => {
      done();
      reject(new Error(`${left} of ${deliveries} deliveries are still to be acknowledged`));
    }, PATIENCE_MS);
    senders.onAcknowledged = () => {
      if (--left > 0) return;
      done();
      resolve(performance.now() - began);
    };
  });
}

/**
 * How many deliveries were refused. @throws Error when there were none, or nobody said why: it has proved nothing then. `never`: what was
 * not so then; `why`: what the log says.
 */
export function refusals(
  { senders, fleet }: Pick<ScenarioContext, 'senders' | 'fleet'>,
  never: string,
  why: string,
): number {
  const refused = senders.sent.filter(({ acknowledged }) => acknowledged === null).length;
  if (refused === 0) throw new Error(`nothing was refused: ${never}`);
  if (fleet.said(why) === 0) throw new Error('nobody said why');
  return refused;
}

/** Leases are taken without a word to anybody: it asks, without haste. */
async function wanted(inbox: Inbox, isWanted: (holder: LaneOwner) => boolean, timeoutMs: number): Promise<LaneOwner> {
  for (const deadline = performance.now() + timeoutMs; ; ) {
    const found = (await inbox.owners()).find(isWanted);
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`nobody took the lane within ${timeoutMs} ms`);
    await setTimeout(20);
  }
}
