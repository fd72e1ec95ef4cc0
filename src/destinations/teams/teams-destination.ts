import type { Destination } from '../../model/destination.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Secret } from '../../shared/secret.ts';
import { describe } from '../../text/describe.ts';
import { RETRY_FOR_A_DAY } from '../retry-for-a-day.ts';
import { render } from './render.ts';
import { post } from './webhook.ts';

export interface TeamsOptions {
  readonly name: string;
  readonly webhookUrl: Secret;
  /** Messages a minute. 0: no pace. */
  readonly perMinute: number;
  readonly clock: Clock;
}

/** One channel or chat of Microsoft Teams behind a workflow. */
export function teamsDestination({ name, webhookUrl, perMinute, clock }: TeamsOptions): Destination {
  return {
    name,
    type: 'teams',
    intervalMs: perMinute === 0 ? 0 : Math.ceil(60_000 / perMinute),
    // Messages of one channel are read from top to bottom.
    concurrency: 1,
    digestOver: 2,
    digestMax: 1000,
    // There is no idempotency key. Told twice is a nuisance, never told is a fault.
    onUnknown: 'resend',
    mayForgetAttempts: true,
    retry: RETRY_FOR_A_DAY,
    describe,
    send: (message, { signal, departure }) => post(webhookUrl, render(message), clock, { signal, departure }),
    async [Symbol.asyncDispose]() {},
  };
}
