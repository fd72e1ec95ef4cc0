import type { Outcome } from '../../model/destination.ts';
import { quoted } from '../../text/plain.ts';
import type { Published } from './broker.ts';

export interface Asked {
  /** For people: no name, no password. */
  readonly place: string;
  readonly exchange: string;
  readonly key: string;
  /** After which it was given up, if it was. */
  readonly timeoutMs: number | null;
  /** Whether the try before was a refusal, too: see `isRefusal`. */
  readonly refusedBefore: boolean;
}

/** Of AMQP's reply codes (https://www.rabbitmq.com/amqp-0-9-1-reference#constants) those that somebody has to mend. */
const ADVICE: Readonly<Record<number, string>> = {
  403: 'let this user write there (rabbitmqctl set_permissions), or set the user and password in url right',
  404: 'declare it, or correct its name',
  405: 'another connection holds it for itself alone',
  530: 'create the virtual host, let this user use it, or correct it in url',
};

/** The virtual host is refused. The client keeps to itself why: it is not there, or the broker is going down just then. */
export function isRefusal(published: Published): boolean {
  return published.kind === 'failed' && messageOf(published.error).startsWith('Expected ConnectionOpenOk');
}

export function outcomeOf(published: Published, asked: Asked): Outcome {
  const { place, exchange, key } = asked;
  switch (published.kind) {
    case 'confirmed':
      return { kind: 'sent', answer: 'confirmed' };
    case 'forbidden':
      return { kind: 'retry', reason: 'another process tells it' };
    case 'blocked':
      if (published.hasLeft)
        return { kind: 'unknown', reason: `${place} may take it later: its memory or disk is short` };
      return { kind: 'retry', reason: `${place} takes nothing for now: its memory or disk is short` };
    case 'nacked':
      return { kind: 'retry', reason: `${place} did not take it: a queue is full, or fails` };
    case 'unroutable':
      if (exchange === '') return { kind: 'broken', reason: `${place} has no queue ${quoted(key, 80)}; declare it` };
      return {
        kind: 'rejected',
        reason: `no queue gets ${quoted(key, 80)} of exchange ${quoted(exchange, 80)}; bind one to it, then replay`,
      };
    case 'failed':
      return failure(published, asked);
  }
}

function failure(published: Extract<Published, { readonly kind: 'failed' }>, asked: Asked): Outcome {
  const { place, timeoutMs, refusedBefore } = asked;
  const message = messageOf(published.error);
  const code = isRefusal(published) ? 530 : Number(/\b([345]\d\d) \(/.exec(message)?.[1] ?? 0);
  const [, words] = / with message "(?:[A-Z_]+ - )?(.*)"/s.exec(message) ?? [];
  const said = words === undefined ? quoted(message, 160) : `${quoted(words, 120)} (${code})`;
  const advice = ADVICE[code];
  if (advice !== undefined) {
    const kind = isRefusal(published) && !refusedBefore ? 'retry' : 'broken';
    return { kind, reason: `${place} refuses it: ${said}; ${advice}` };
  }
  if (code === 406 || code === 311) {
    return { kind: 'rejected', reason: `${place} refuses it: ${said}; see what the exchange and its queues take` };
  }
  const why = timeoutMs === null ? said : `no answer within ${timeoutMs / 1000} s`;
  if (published.hasLeft) return { kind: 'unknown', reason: `${place} may have it: ${why}` };
  return { kind: 'retry', reason: `${place} cannot be reached: ${why}` };
}

/** A name with several addresses fails once for each. */
function messageOf(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error ? first.message : String(first);
}
