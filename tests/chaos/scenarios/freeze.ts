import type { Member } from '../fleet.ts';
import { ownedBy } from '../owned-by.ts';
import { LATE, type Scenario, type ScenarioContext } from '../scenario.ts';
import type { Store } from '../store.ts';

/** What a worker says of a lane that it has lost: src/jobs/lane.ts and leases.ts. */
const LOST = /another worker holds this lane now|lane lost to another worker/;

/** When it is frozen: a request of this lane was being answered, or the connection for one had just been made. */
const MOMENTS = ['told', 'connected', 'connected'] as const;
const LANES = { told: 'audit', connected: 'team' } as const;

/**
 * Each round waits until the lease has run out by itself and another worker has taken the lane: about ten seconds. The
 * thawed one is restarted beside the next round, whose victim is the new holder.
 *
 * A worker frozen inside a transaction keeps SQLite's one write lock, and nobody can take anything before it is thawed. That
 * proves nothing about leases: it is thawed at once, counted, and the round is done again.
 */
export const freeze: Scenario = {
  name: 'freeze',
  title: 'SIGSTOP of a worker in mid-send until another holds its lane, then SIGCONT',
  toldTwice: 'in doubt',
  paced: true,
  // Its lanes stand still most of the time: what piles up must be told afterwards.
  pauseMs: 2_000,
  async run(context) {
    const { terms, slack, fleet } = context;
    const restarts: Promise<void>[] = [];
    let locking = 0;
    for (let round = 0; round < terms.rounds; ) {
      const worker = await freezeAndThaw(context, MOMENTS[round % MOMENTS.length] ?? 'told');
      if (worker === 'locking') locking++;
      else {
        restarts.push(restartOnceFenced(context, worker));
        round++;
      }
    }
    await Promise.all(restarts);
    const more = locking === 0 ? '' : `; ${locking} more held the database’s write lock, and were thawed`;
    const withheld = slack.connections - slack.requests;
    return `${terms.rounds} frozen past their leases, each fenced off when thawed, ${withheld} of Slack’s connections left unused, ${fleet.said(LATE)} requests late${more}`;
  },
};

async function freezeAndThaw(context: ScenarioContext, moment: (typeof MOMENTS)[number]): Promise<Member | 'locking'> {
  const { fleet, holder, store } = context;
  const lane = LANES[moment];
  const { owner } = await holder((each) => each.lane === lane && ownedBy(each.owner, fleet) !== undefined);
  const worker = ownedBy(owner, fleet);
  if (worker === undefined) throw new Error(`${owner} is none of the workers`);
  const { child } = worker.process;
  await atMoment(context, moment, () => child.kill('SIGSTOP'));
  try {
    if (!(await canWrite(store))) return 'locking';
    await holder((other) => other.lane === lane && other.owner !== owner);
  } finally {
    child.kill('SIGCONT');
  }
  return worker;
}

async function canWrite(store: Store): Promise<boolean> {
  try {
    await using inbox = await store.open();
    await inbox.check();
    return true;
  } catch {
    return false;
  }
}

/** What it said is looked for once in each life. */
async function restartOnceFenced({ fleet }: ScenarioContext, worker: Member): Promise<void> {
  await worker.process.printed(LOST);
  await fleet.restart(worker);
}

/** Resolves when `work` was done at the next such moment. */
function atMoment(
  { endpoint, slack }: ScenarioContext,
  moment: (typeof MOMENTS)[number],
  work: () => void,
): Promise<void> {
  return new Promise((resolve) => {
    const then = () => {
      endpoint.onTold = undefined;
      slack.onConnected = undefined;
      work();
      resolve();
    };
    if (moment === 'told') endpoint.onTold = then;
    else slack.onConnected = then;
  });
}
