import type { Destination } from '../../model/destination.ts';
import { inOrder } from '../lanes.ts';

/** Slack measures the spacing where messages arrive, and one may travel faster than the one before. */
const PACE_MARGIN_MS = 20;

/** What a channel is like, however it is reached. `perSecond`: messages; 0: no pace. */
export function slackLane(name: string, perSecond: number): Omit<Destination, 'send'> {
  return {
    ...inOrder(name, 'slack', perSecond === 0 ? 0 : Math.ceil(1000 / perSecond) + PACE_MARGIN_MS),
    // An incoming webhook has no idempotency key, and a bot's (bot/post-id.ts) names more than numbers that may be given anew.
    mayForgetAttempts: true,
    async [Symbol.asyncDispose]() {},
  };
}
