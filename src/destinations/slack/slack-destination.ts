import type { Destination, Message } from '../../model/destination.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { request } from '../../shared/outbound.ts';
import type { Secret } from '../../shared/secret.ts';
import { describe } from '../describe.ts';
import { RETRY_FOR_A_DAY } from '../retry-for-a-day.ts';
import { judgeAnswer } from './answer.ts';
import { renderDigest } from './digest.ts';
import { renderActivity, type SlackMessage } from './render.ts';

export interface SlackOptions {
  readonly name: string;
  /** An incoming webhook of Slack or of a compatible host: whoever knows it can post, so it is a secret. */
  readonly webhookUrl: Secret;
  /** Messages a second, by Slack's rule 1 per channel. 0: no pace. */
  readonly perSecond: number;
  /** How long to wait for an answer; default 10 s. */
  readonly timeoutMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

/** Slack judges the spacing where messages arrive, and one may travel faster than the one before. */
const PACE_MARGIN_MS = 20;

/** One Slack channel behind an incoming webhook. */
export function slackDestination(options: SlackOptions): Destination {
  const { name, webhookUrl, perSecond, timeoutMs = 10_000, clock = systemClock } = options;
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
    retry: RETRY_FOR_A_DAY,
    describe,
    send: async (message, signal) => {
      const result = await request({
        url: webhookUrl.reveal(),
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(render(message)),
        timeoutMs,
        signal,
      });
      return judgeAnswer(result, clock.now());
    },
  };
}

function render(message: Message): SlackMessage {
  return message.kind === 'single'
    ? renderActivity(message.notification.activity)
    : renderDigest(message.notifications);
}
