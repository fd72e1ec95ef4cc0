import type { Destination } from '../../model/destination.ts';
import { describe } from '../../text/describe.ts';
import { RETRY_FOR_A_DAY } from '../retry-for-a-day.ts';

/** Slack measures the spacing where messages arrive, and one may travel faster than the one before. */
const PACE_MARGIN_MS = 20;

/** What a channel is like, however it is reached. `perSecond`: messages; 0: no pace. */
export function slackLane(name: string, perSecond: number): Omit<Destination, 'send'> {
  return {
    name,
    type: 'slack',
    intervalMs: perSecond === 0 ? 0 : Math.ceil(1000 / perSecond) + PACE_MARGIN_MS,
    // Messages of one channel are read from top to bottom: order matters more than speed.
    concurrency: 1,
    digestOver: 2,
    digestMax: 1000,
    // Slack has no idempotency key. After a lost answer, told twice is a nuisance and never told is a fault.
    onUnknown: 'resend',
    mayForgetAttempts: true,
    retry: RETRY_FOR_A_DAY,
    describe,
    async [Symbol.asyncDispose]() {},
  };
}
