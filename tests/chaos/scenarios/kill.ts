import type { Scenario } from '../scenario.ts';

export const kill: Scenario = {
  name: 'kill',
  title: 'kill -9 of a random process every second',
  toldTwice: 'in doubt',
  paced: true,
  async run({ fleet, every, pick }) {
    await every(1_000, () => fleet.kill(pick([...fleet.receivers, ...fleet.workers])));
    return `${fleet.kills} killed`;
  },
};
