import type { Destination } from '../../model/destination.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Secret } from '../../shared/secret.ts';
import { inOrder, paceOf } from '../lanes.ts';
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
    ...inOrder(name, 'teams', paceOf(perMinute)),
    // There is no idempotency key.
    mayForgetAttempts: true,
    preview: async (message) => (await import('./preview.ts')).shownAtTeams(message),
    send: (message, { signal, departure }) => post(webhookUrl, render(message), clock, { signal, departure }),
    async [Symbol.asyncDispose]() {},
  };
}
