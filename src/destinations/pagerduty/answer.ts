import type { Outcome } from '../../model/destination.ts';
import type { OutboundResult } from '../../shared/outbound.ts';
import type { Secret } from '../../shared/secret.ts';
import { without } from '../../shared/secrets/redact.ts';
import { objectIn } from '../answer-text.ts';
import { judgeCommon, saidIn } from '../judge.ts';
import { retryAfterMs } from '../retry-after.ts';

type Answered = Extract<OutboundResult, { kind: 'answered' }>;

/** "A backoff of a few minutes", where it does not say how long. */
const BACKOFF_MS = 120_000;

const NEW_KEY =
  'open the service → Integrations → Events API V2, copy its Integration Key, and set routing_key to it; an account in Europe needs region: eu';

export interface Judging {
  readonly key: Secret;
  /** Ms since 1970. */
  readonly now: number;
  /** What was done, as in `triggered workflow_run acme/api main`. */
  readonly done: string;
}

/** What PagerDuty's answer to an event means: https://developer.pagerduty.com/docs/events-api-v2-overview#response-codes--retry-logic */
export function judgeAnswer(answered: OutboundResult, { key, now, done }: Judging): Outcome {
  // It may repeat what it was sent.
  const result = answered.kind === 'answered' ? { ...answered, text: without(answered.text, key.reveal()) } : answered;
  const common = judgeCommon(result, { title: 'PagerDuty', key: 'url', now }, slowFor(result, now));
  if (common !== null || result.kind !== 'answered') return common ?? { kind: 'retry', reason: 'no answer' };
  const { status, text } = result;
  const data = objectIn(text);
  if (status < 300) {
    if (data?.['status'] === 'success') return { kind: 'sent', answer: `${status} ${done}` };
    return { kind: 'retry', reason: `answered ${saidIn(result)}, but not as PagerDuty does; check url` };
  }
  const words = saidIn(result, errorsIn(data));
  if (isAboutKey(result)) {
    return { kind: 'broken', reason: `PagerDuty does not take the routing key (${words}): ${NEW_KEY}` };
  }
  if (status === 404 || status === 410)
    return { kind: 'broken', reason: `no events are taken there (${words}): check url` };
  return { kind: 'rejected', reason: `PagerDuty refused it (${words}); please report it with \`tidings events show\`` };
}

/** `Invalid routing key`, `Length of 'routing_key' is incorrect (should be 32 characters)`. */
function isAboutKey({ status, text }: Answered): boolean {
  return status === 401 || status === 403 || (status === 400 && /routing.?key/i.test(text));
}

function slowFor(result: OutboundResult, now: number): number | undefined {
  if (result.kind !== 'answered' || result.status !== 429) return undefined;
  return retryAfterMs(result.headers.get('retry-after'), now) ?? BACKOFF_MS;
}

/** `{"status":"invalid event","message":"Event object is invalid","errors":["…"]}` */
function errorsIn(data: Readonly<Record<string, unknown>> | null): string | undefined {
  const errors: readonly unknown[] = Array.isArray(data?.['errors']) ? data['errors'] : [];
  const words = errors.filter((each) => typeof each === 'string').join('; ');
  const message = typeof data?.['message'] === 'string' ? data['message'] : '';
  return words || message || undefined;
}
