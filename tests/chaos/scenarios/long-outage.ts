import { setTimeout } from 'node:timers/promises';
import { acknowledgedAgain, type Scenario } from '../scenario.ts';
import { postgresOf } from '../store.ts';

/** Longer than any lease lasts, ms. */
const AWAY_MS = 65_000;

export const longOutage: Scenario = {
  name: 'long-outage',
  title: `Postgres away for ${AWAY_MS / 1000} s, longer than any lease`,
  toldTwice: 'in doubt',
  paced: true,
  ownServer: true,
  async run(context) {
    const server = postgresOf(context.store);
    await acknowledgedAgain(context);
    await server.stop('fast');
    await setTimeout(AWAY_MS);
    await server.start();
    const tookMs = await acknowledgedAgain(context);
    return `once, 100 deliveries acknowledged ${Math.round(tookMs)} ms after it was back`;
  },
};
