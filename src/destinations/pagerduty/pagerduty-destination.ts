import type { Compared } from '../../model/activity.ts';
import type { Destination } from '../../model/destination.ts';
import type { Clock } from '../../shared/clock.ts';
import { request } from '../../shared/outbound.ts';
import { describe } from '../../text/describe.ts';
import { only } from '../lanes.ts';
import { RETRY_FOR_A_DAY } from '../retry-for-a-day.ts';
import { judgeAnswer } from './answer.ts';
import { meaningOf } from './meaning.ts';
import { type Rendered, render } from './render.ts';
import { eventRequest } from './requests.ts';
import type { PagerdutySettings } from './settings.ts';
import { takesChanges } from './shapes.ts';

export interface PagerdutyOptions {
  readonly name: string;
  readonly settings: PagerdutySettings;
  readonly clock: Clock;
}

const TIMEOUT_MS = 10_000;
/** It takes about 120 a minute by one key. */
const INTERVAL_MS = 500;

/** A service at PagerDuty: what breaks opens an alert, what is fixed closes it, all else is a change. */
export function pagerdutyDestination({ name, settings, clock }: PagerdutyOptions): Destination {
  const { routing_key: key, severity } = settings;
  return {
    name,
    type: 'pagerduty',
    intervalMs: INTERVAL_MS,
    account: { rateKey: `pagerduty ${key.reveal()}`, intervalMs: INTERVAL_MS },
    concurrency: 1,
    // Each is an alert of its own; PagerDuty groups them.
    digestOver: null,
    digestMax: 1,
    // An alert that is told twice is one.
    onUnknown: 'resend',
    mayForgetAttempts: true,
    retry: RETRY_FOR_A_DAY,
    declines: (compared) => declined(compared, settings),
    describe,
    preview: async (message) => {
      const { shownAtPagerduty } = await import('./preview.ts');
      return shownAtPagerduty(only(message), { severity, maybeRepeated: message.maybeRepeated });
    },
    send: async (message, { signal, departure }) => {
      const { maybeRepeated } = message;
      const rendered = render(only(message), { severity, maybeRepeated });
      const outbound = eventRequest(settings, rendered.meaning, rendered.event);
      const result = await request({ ...outbound, timeoutMs: TIMEOUT_MS, signal, departure });
      return judgeAnswer(result, { key, now: clock.now(), done: doneBy(rendered) });
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** An incident about an incident would open the next. */
function declined(compared: Compared, { routing_key: key, changes }: PagerdutySettings): string | null {
  if (compared.activity.keys.dedup.startsWith('pagerduty:'))
    return 'PagerDuty itself tells it, and would open an incident about an incident';
  if (meaningOf(compared) !== 'change') return null;
  if (!changes) return 'nothing is broken or fixed, and changes are not sent (changes: false)';
  return takesChanges(key.reveal())
    ? null
    : 'nothing is broken or fixed, and the key of an orchestration takes alerts alone';
}

function doneBy(rendered: Rendered): string {
  if (rendered.meaning === 'change') return 'change';
  return `${rendered.meaning === 'trigger' ? 'triggered' : 'resolved'} ${rendered.event.dedup_key}`;
}
