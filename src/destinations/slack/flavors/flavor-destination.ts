import type { Destination, Outcome, SendContext } from '../../../model/destination.ts';
import { type Clock, systemClock } from '../../../shared/clock.ts';
import { request } from '../../../shared/outbound.ts';
import type { Secret } from '../../../shared/secret.ts';
import { slackLane } from '../lane.ts';
import { JSON_BODY } from '../web-api.ts';
import { outcomeAt } from './answer.ts';
import { type Foreign, ROCKETCHAT_INTERVAL_MS } from './flavor.ts';
import { MARKUPS } from './markup.ts';
import { type FlavoredMessage, render } from './render.ts';

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

/**
 * What all webhooks of one server are limited to, with a little room. Mattermost, where it is switched on: ten a second of one address,
 * https://docs.mattermost.com/administration-guide/configure/rate-limiting-configuration-settings.html. Zulip: 200 a minute of one bot,
 * https://zulip.com/api/rest-error-handling.
 */
const SERVER_INTERVAL_MS: Readonly<Record<Foreign, number>> = {
  mattermost: 101,
  rocketchat: ROCKETCHAT_INTERVAL_MS + 20,
  zulip: 301,
};

/** A server that takes Slack's webhooks, in its own Markdown. */
export function flavorDestination(options: FlavorOptions): Destination {
  const { name, flavor, webhookUrl, perSecond } = options;
  const account = { rateKey: counted(flavor, webhookUrl), intervalMs: SERVER_INTERVAL_MS[flavor] };
  return {
    ...(perSecond > 0 && { account }),
    ...slackLane(name, flavor === 'rocketchat' ? Math.min(perSecond, 1000 / ROCKETCHAT_INTERVAL_MS) : perSecond),
    async preview(message) {
      const { shownAtFlavor } = await import('./preview.ts');
      return shownAtFlavor(flavor, render(message, MARKUPS[flavor]));
    },
    send: (message, context) => {
      const tries = message.kind === 'single' ? message.notification.tries : (message.notifications[0]?.tries ?? 0);
      return postTo(options, render(message, MARKUPS[flavor]), context, tries);
    },
  };
}

/** `tries`: those before this one. */
export async function postTo(
  { flavor, webhookUrl, timeoutMs = 10_000, clock = systemClock }: Omit<FlavorOptions, 'name' | 'perSecond'>,
  message: FlavoredMessage,
  { signal, departure }: Pick<SendContext, 'signal' | 'departure'>,
  tries = 0,
): Promise<Outcome> {
  const url = webhookUrl.reveal();
  const body = JSON.stringify(message);
  const result = await request({ url, headers: JSON_BODY, body, timeoutMs, signal, departure });
  return outcomeAt(flavor, result, clock.now(), tries);
}

/** Whom the server counts: its caller, or a bot. */
function counted(flavor: Foreign, webhookUrl: Secret): string {
  const { origin, searchParams } = new URL(webhookUrl.reveal());
  return `${flavor} ${origin} ${(flavor === 'zulip' && searchParams.get('api_key')) || ''}`;
}
