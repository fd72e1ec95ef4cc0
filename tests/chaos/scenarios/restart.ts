import { ownedBy } from '../owned-by.ts';
import type { Scenario } from '../scenario.ts';

/** One worker holds all lanes it finds free, so chance alone would seldom move them. */
export const restart: Scenario = {
  name: 'restart',
  title: 'SIGTERM every second, to the worker that holds Slack’s lane or to a random process',
  toldTwice: 'never',
  paced: true,
  async run({ fleet, every, pick, holder }) {
    const owners = new Set<string>();
    await every(1_000, async (n) => {
      const { owner } = await holder(({ lane, owner }) => lane === 'team' && ownedBy(owner, fleet) !== undefined);
      owners.add(owner);
      const anybody = pick([...fleet.receivers, ...fleet.workers]);
      await fleet.restart(n % 2 === 0 ? (ownedBy(owner, fleet) ?? anybody) : anybody);
    });
    return `${fleet.restarts} restarted, ${owners.size} workers held Slack’s lane one after the other`;
  },
};
