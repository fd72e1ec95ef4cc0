import { acknowledgedAgain, type Scenario } from '../scenario.ts';
import { pairOf, pairStore } from '../store.ts';

/** As many are acknowledged by a pair in step before its primary is cut off. */
const IN_STEP = 30;

export const failover: Scenario = {
  name: 'failover',
  title: 'the primary cut off (kill -9 of all its processes), its synchronous standby promoted',
  toldTwice: 'in doubt',
  paced: true,
  // A base backup each round takes its time: what piles up meanwhile must be told afterwards.
  pauseMs: 300,
  open: () => pairStore(),
  async run(context) {
    const pair = pairOf(context.store);
    let slowestMs = 0;
    for (let round = 0; round < context.terms.rounds; round++) {
      if (round > 0) await pair.rejoin();
      await acknowledgedAgain(context, IN_STEP);
      await pair.failOver();
      slowestMs = Math.max(slowestMs, await acknowledgedAgain(context, 1));
      await acknowledgedAgain(context, IN_STEP);
    }
    return `${context.terms.rounds} times, the next delivery acknowledged at most ${Math.round(slowestMs)} ms after the promotion`;
  },
};
