import type { Outcome } from '../../../model/destination.ts';
import { request } from '../../../shared/outbound.ts';
import { HELLO_TEXT, HELLO_TITLE } from '../../keep-after-hello.ts';
import { judgeAnswer } from '../answer.ts';
import type { Meaning } from '../meaning.ts';
import { type Account, eventRequest } from '../requests.ts';

interface Asking {
  readonly signal: AbortSignal;
  /** Ms since 1970. */
  readonly now: number;
}

/** Nobody ever opens it: what resolves an alert that is not open is dropped, once the key is found right. Nothing is shown, nobody called. */
const PROBE = { event_action: 'resolve', dedup_key: 'tidings: never opened' };

/** Whether the key is one: there is no other way to ask. */
export function probe(account: Account, asking: Asking): Promise<Outcome> {
  return post(account, asking, 'resolve', PROBE);
}

/** A change event: it is shown, and calls nobody. */
export function greet(account: Account, asking: Asking): Promise<Outcome> {
  const payload = {
    summary: HELLO_TITLE,
    source: 'Tidings',
    timestamp: new Date(asking.now).toISOString(),
    custom_details: { text: HELLO_TEXT },
  };
  return post(account, asking, 'change', { payload });
}

async function post(account: Account, { signal, now }: Asking, meaning: Meaning, event: object): Promise<Outcome> {
  const result = await request({ ...eventRequest(account, meaning, event), timeoutMs: 10_000, signal });
  return judgeAnswer(result, { key: account.routing_key, now, done: 'taken' });
}
