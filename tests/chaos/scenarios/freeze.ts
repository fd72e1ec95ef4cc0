import type { Arena, Scenario } from '../arena.ts';
import { ownedBy } from '../owned-by.ts';

const LANE = 'audit';
/** What a worker says whose write was refused: src/jobs/lane.ts. */
const FENCED = /"during":"recording an answer"/;

export const freeze: Scenario = {
  name: 'freeze',
  title: 'SIGSTOP of a worker in mid-send until another holds its lane, then SIGCONT',
  toldTwice: 'in doubt',
  paced: true,
  async run(arena) {
    let times = 0;
    await arena.every(0, async () => {
      await freezeAndThaw(arena);
      times++;
    });
    return `${times} frozen past their leases, each fenced off when thawed`;
  },
};

async function freezeAndThaw({ fleet, endpoint, holder }: Arena): Promise<void> {
  const { owner } = await holder((each) => each.lane === LANE && ownedBy(each.owner, fleet) !== undefined);
  const worker = ownedBy(owner, fleet);
  if (worker === undefined) throw new Error(`${owner} is none of the workers`);
  const { child, printed } = worker.process;
  await midSend(endpoint, () => child.kill('SIGSTOP'));
  try {
    await holder((other) => other.lane === LANE && other.owner !== owner);
  } finally {
    child.kill('SIGCONT');
  }
  await printed(FENCED);
  // What it said is looked for once in each life.
  await fleet.restart(worker);
}

/** Resolves when `deed` was done after the endpoint had got a request and before it answered. */
function midSend(endpoint: Arena['endpoint'], deed: () => void): Promise<void> {
  return new Promise((resolve) => {
    endpoint.onTold = () => {
      endpoint.onTold = undefined;
      deed();
      resolve();
    };
  });
}
