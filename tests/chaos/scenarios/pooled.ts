import { poolerMissing } from '../pooler.ts';
import { acknowledgedAgain, type Scenario } from '../scenario.ts';
import { pooledStore, poolerOf } from '../store.ts';

/** Nothing that lasts longer than a transaction holds there: prepared names, settings, locks of a session, LISTEN. */
export const pooled: Scenario = {
  name: 'pooled',
  title: 'behind PgBouncer in transaction mode: kill -9 of a random process, and now and then of the pooler',
  toldTwice: 'in doubt',
  paced: true,
  needs: poolerMissing,
  open: pooledStore,
  async run(context) {
    const { fleet, every, pick, store } = context;
    const pooler = poolerOf(store);
    let restarts = 0;
    let slowestMs = 0;
    await every(1_000, async (n) => {
      if (n % 3 === 2) {
        await pooler.restart();
        restarts++;
      } else await fleet.kill(pick([...fleet.receivers, ...fleet.workers]));
      slowestMs = Math.max(slowestMs, await acknowledgedAgain(context, 50));
    });
    return `${fleet.kills} processes and ${restarts} times the pooler killed, each 50 deliveries acknowledged at most ${Math.round(slowestMs)} ms after it`;
  },
};
