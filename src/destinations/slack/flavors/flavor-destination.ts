import type { Destination } from '../../../model/destination.ts';
import { type Clock, systemClock } from '../../../shared/clock.ts';
import { request } from '../../../shared/outbound.ts';
import type { Secret } from '../../../shared/secret.ts';
import { slackLane } from '../lane.ts';
import { JSON_BODY } from '../web-api.ts';
import { outcomeAt } from './answer.ts';
import { type Foreign, ROCKETCHAT_INTERVAL_MS } from './flavor.ts';
import { MARKUPS } from './markup.ts';
import { render } from './render.ts';

export interface FlavorOptions {
  readonly name: string;
  readonly flavor: Foreign;
  readonly webhookUrl: Secret;
  /** Messages a second. 0: no pace. */
  readonly perSecond: number;
  /** How long to wait for an answer; default 10 s. */
  readonly timeoutMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

/** A server that takes Slack's webhooks, in its own Markdown. */
export function flavorDestination(options: FlavorOptions): Destination {
  const { name, flavor, webhookUrl, perSecond, timeoutMs = 10_000, clock = systemClock } = options;
  return {
    ...slackLane(name, flavor === 'rocketchat' ? Math.min(perSecond, 1000 / ROCKETCHAT_INTERVAL_MS) : perSecond),
    send: async (message, { signal, departure }) => {
      const body = JSON.stringify(render(message, MARKUPS[flavor]));
      const url = webhookUrl.reveal();
      const result = await request({ url, headers: JSON_BODY, body, timeoutMs, signal, departure });
      const tries = message.kind === 'single' ? message.notification.tries : (message.notifications[0]?.tries ?? 0);
      return outcomeAt(flavor, result, clock.now(), tries);
    },
  };
}
