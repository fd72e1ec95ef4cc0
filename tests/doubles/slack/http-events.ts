import { createHmac } from 'node:crypto';
import type { Clock } from '../../../src/shared/clock.ts';
import { ACK_MS, type Attempted, type Retry, type Told, type Transport, within } from './deliveries.ts';

export interface EventsTarget {
  /** Where Slack posts events, clicks and commands. */
  readonly url: string;
  readonly signingSecret: string;
  /** How the hour went before. */
  readonly hour?: LastHour;
}

/** The headers of one request: https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function signed(secret: string, body: string, now: number): Readonly<Record<string, string>> {
  const seconds = String(Math.floor(now / 1000));
  const signature = createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': seconds, 'x-slack-signature': `v0=${signature}` };
}

/** Events as JSON, clicks in a form's `payload`, commands as a form. */
export function bodyOf({ kind, payload }: Told): { readonly body: string; readonly type: string } {
  if (kind === 'events_api') return { body: JSON.stringify(payload), type: 'application/json' };
  const values = Object.entries(payload).map(([name, value]): [string, string] => [name, String(value)]);
  const form = new URLSearchParams(kind === 'interactive' ? { payload: JSON.stringify(payload) } : values);
  return { body: form.toString(), type: 'application/x-www-form-urlencoded' };
}

export function overHttp(clock: Clock, { url, signingSecret, hour = new LastHour() }: EventsTarget): Transport {
  async function post(told: Told, retry: Retry | null, signal: AbortSignal): Promise<Attempted> {
    const { body, type } = bodyOf(told);
    const headers = {
      'content-type': type,
      ...signed(signingSecret, body, clock.now()),
      ...(retry && { 'x-slack-retry-num': String(retry.number), 'x-slack-retry-reason': retry.reason }),
    };
    try {
      const response = await fetch(url, { method: 'POST', body, headers, signal, redirect: 'manual' });
      const text = await response.text();
      if (response.ok) return { kind: 'acked', payload: text };
      const noRetry = response.headers.get('x-slack-no-retry') === '1';
      return { kind: 'failed', reason: 'http_error', noRetry };
    } catch {
      return { kind: 'failed', reason: 'connection_failed' };
    }
  }

  return {
    attempt: async (told, retry) => {
      const isEvent = told.kind === 'events_api';
      if (isEvent && hour.state(clock.now()) !== 'on') return { kind: 'failed', reason: 'not_told', noRetry: true };
      const abort = new AbortController();
      const late = { kind: 'failed', reason: 'http_timeout' } as const;
      const result = await within<Attempted>(clock, ACK_MS, post(told, retry, abort.signal), late);
      abort.abort();
      if (isEvent) hour.add(clock.now(), result.kind === 'acked');
      return result;
    },
  };
}

const HOUR_MS = 3_600_000;
/** https://docs.slack.dev/apis/events-api: below 5 % in an hour, of apps that get 1,000 and more. */
const LEAST_SUCCESS = 0.05;
const COUNTS_FROM = 1000;
const PER_HOUR = 30_000;

/** How the last hour went: whether Slack goes on telling. */
export class LastHour {
  #attempts: { readonly at: number; readonly ok: boolean }[] = [];

  add(at: number, ok: boolean): void {
    this.#attempts.push({ at, ok });
  }

  /** off: so many failed that subscriptions are switched off. limited: more than 30,000 events. */
  state(at: number): 'on' | 'off' | 'limited' {
    this.#attempts = this.#attempts.filter((each) => each.at > at - HOUR_MS);
    const { length } = this.#attempts;
    if (length > PER_HOUR) return 'limited';
    const ok = this.#attempts.filter((each) => each.ok).length;
    return length >= COUNTS_FROM && ok < length * LEAST_SUCCESS ? 'off' : 'on';
  }
}
