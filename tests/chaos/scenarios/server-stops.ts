import { setTimeout } from 'node:timers/promises';
import type { Shutdown } from '../postgres-server.ts';
import { acknowledgedAgain, type Scenario } from '../scenario.ts';
import { postgresOf } from '../store.ts';

/**
 * Away for no longer than it takes to start, and long enough that senders and workers try in vain. What crashes does so when a
 * message has just reached Slack: what it had not written then is lost.
 */
const WAYS: readonly { readonly how: Shutdown; readonly awayMs: number }[] = [
  { how: 'kill -9', awayMs: 0 },
  { how: 'fast', awayMs: 2_000 },
  { how: 'immediate', awayMs: 500 },
];

/** Deliveries, until it is taken to be well again. */
const AGAIN = 40;

export const serverStops: Scenario = {
  name: 'server-stops',
  title: 'Postgres stopped (kill -9 of the postmaster, fast, immediate) and started, crashes aimed at a message',
  toldTwice: 'in doubt',
  paced: true,
  ownServer: true,
  async run(context) {
    const server = postgresOf(context.store);
    const { slack } = context;
    let times = 0;
    let slowestMs = 0;
    await context.every(1_000, async (n) => {
      const { how, awayMs } = WAYS[n % WAYS.length] ?? { how: 'fast', awayMs: 0 };
      if (how !== 'fast') await slack.waitFor(slack.messages.length + 1);
      await server.stop(how);
      await setTimeout(awayMs);
      await server.start();
      times++;
      slowestMs = Math.max(slowestMs, await acknowledgedAgain(context, AGAIN));
    });
    return `${times} times, each ${AGAIN} deliveries acknowledged at most ${Math.round(slowestMs)} ms after it was back`;
  },
};
