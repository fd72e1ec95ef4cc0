import type { Destination, Outcome, SendContext } from '../../model/destination.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { request } from '../../shared/outbound.ts';
import type { Secret } from '../../shared/secret.ts';
import { inOrder, paceOf } from '../lanes.ts';
import { isBreakdown, refusalWords } from './refusals.ts';
import { render } from './render.ts';
import { type Placing, receiptOf, type Step, type Steps, stepsFor } from './requests.ts';
import { webhookAt } from './webhook.ts';
import { readAnswer, type WebhookAnswer } from './webhook-answer.ts';

export interface DiscordOptions extends Placing {
  readonly name: string;
  /** Whoever knows it can post. */
  readonly webhookUrl: Secret;
  /** Messages a minute. 0: no pace. */
  readonly perMinute: number;
  /** Default 10 s. */
  readonly timeoutMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

/** Discord measures the spacing where messages arrive, and one may travel faster than the one before. */
const PACE_MARGIN_MS = 20;

/** The message that a request adds to is gone, or the thread that it was in. */
const MISSING = new Set([10003, 10008]);

const OF_THREAD = new Set([50083, 160005]);

function isOfThread({ code }: { readonly code: number }): boolean {
  return OF_THREAD.has(code);
}

/** One Discord channel behind a webhook. */
export function discordDestination(options: DiscordOptions): Destination {
  const { name, perMinute } = options;
  return {
    ...inOrder(name, 'discord', perMinute === 0 ? 0 : paceOf(perMinute) + PACE_MARGIN_MS),
    // Webhooks have no idempotency key.
    mayForgetAttempts: true,
    isThreaded: options.followUps === 'thread',
    preview: async (message) => (await import('./preview.ts')).shownAtDiscord(message, options.username),
    send: sender(options),
    async [Symbol.asyncDispose]() {},
  };
}

function sender(options: DiscordOptions): Destination['send'] {
  const { timeoutMs = 10_000, clock = systemClock } = options;
  const webhook = webhookAt(options.webhookUrl);
  let restsUntil = 0;

  async function ask(step: Step, { signal, departure }: SendContext): Promise<WebhookAnswer> {
    const answer = readAnswer(await request({ ...step.request, timeoutMs, signal, departure }), clock.now());
    if (answer.kind === 'ok') restsUntil = clock.now() + answer.restMs;
    return answer;
  }

  async function askFor({ addition, fresh }: Steps, context: SendContext): Promise<Outcome> {
    let step = addition ?? fresh;
    let answer = await ask(step, context);
    if (step !== fresh && answer.kind === 'refused' && MISSING.has(answer.code)) {
      step = fresh;
      answer = await ask(fresh, context);
    }
    return outcomeOf(answer, step, step === addition);
  }

  return async (message, context) => {
    const restMs = restsUntil - clock.now();
    if (restMs > 0) return { kind: 'retry', reason: 'Discord takes no more for now', retryAfterMs: restMs };
    const outcome = await askFor(stepsFor(message, render(message), context, options, webhook), context);
    // In a forum what stands by itself is not where a conversation goes on.
    const isApart = options.followUps === 'thread' && (context.thread ?? null) === null;
    return isApart && outcome.kind === 'sent' ? { ...outcome, receipt: undefined } : outcome;
  };
}

function outcomeOf(answer: WebhookAnswer, step: Step, isAddition: boolean): Outcome {
  switch (answer.kind) {
    case 'ok':
      return { kind: 'sent', answer: `${answer.status} ${step.done}`, receipt: receiptOf(answer.data, step) };
    case 'later':
      return { kind: 'retry', reason: answer.reason, retryAfterMs: answer.retryAfterMs };
    case 'unreachable':
      return { kind: 'retry', reason: `Discord cannot be reached: ${answer.reason}` };
    case 'lost':
      return { kind: 'unknown', reason: `Discord may have it: ${answer.reason}` };
    case 'refused':
      // A thread that is locked is one of many, unless all of it goes into that one.
      return {
        kind: isBreakdown(answer) && !(isAddition && isOfThread(answer)) ? 'broken' : 'rejected',
        reason: refusalWords(answer),
      };
  }
}
