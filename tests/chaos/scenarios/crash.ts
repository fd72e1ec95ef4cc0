import type { Member } from '../fleet.ts';
import { ownedBy } from '../owned-by.ts';
import type { Scenario, ScenarioContext } from '../scenario.ts';

type Victim = 'receiver' | 'worker';

const VICTIMS: readonly (readonly Victim[])[] = [
  ['worker'],
  ['receiver'],
  ['receiver', 'worker'],
  ['worker'],
  ['receiver'],
];

/**
 * Half of the kills hit while an event is being told, before the answer; half just after some acknowledgements. Not to
 * wait 10 s for each, the leases of the dead are given back for them.
 */
export const crash: Scenario = {
  name: 'crash',
  title: 'kill -9 in mid-send of the worker, or right after an acknowledgement',
  toldTwice: 'in doubt',
  paced: false,
  async run(context) {
    const { fleet, terms, releaseDeadLeases } = context;
    for (let round = 0; round < terms.rounds; round++) {
      const victims = await chooseVictims(context, VICTIMS[round % VICTIMS.length] ?? []);
      await atMoment(context, round % 2 === 0 ? 'telling' : 'acknowledgement', () =>
        Promise.all(victims.map((member) => fleet.kill(member))),
      );
      await Promise.all(victims.map(({ isUp }) => isUp));
      await releaseDeadLeases();
    }
    return `${terms.rounds} times`;
  },
};

async function chooseVictims(
  { fleet, holder, pick }: ScenarioContext,
  kinds: readonly Victim[],
): Promise<readonly Member[]> {
  const { owner } = await holder((each) => each.lane === 'audit' && ownedBy(each.owner, fleet) !== undefined);
  const victims = kinds.map((kind) =>
    kind === 'receiver' ? pick(fleet.receivers) : (ownedBy(owner, fleet) ?? pick(fleet.workers)),
  );
  return [...new Set(victims)];
}

/** Does `work` at once when a chosen number of events has been told, or acknowledged. */
function atMoment(
  { endpoint, senders, random }: ScenarioContext,
  what: 'telling' | 'acknowledgement',
  work: () => Promise<unknown>,
): Promise<unknown> {
  let left = 10 + Math.floor(random() * 30);
  return new Promise((resolve, reject) => {
    const look = () => {
      if (--left !== 0) return;
      endpoint.onTold = senders.onAcknowledged = undefined;
      work().then(resolve, reject);
    };
    if (what === 'telling') endpoint.onTold = look;
    else senders.onAcknowledged = look;
  });
}
