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
}

/** Of AMQP's reply codes (https://www.rabbitmq.com/amqp-0-9-1-reference#constants) those that somebody has to mend. */
const ADVICE: Readonly<Record<number, string>> = {
  403: 'let this user write there (rabbitmqctl set_permissions), or set the user and password in url right',
  404: 'declare it, or correct its name',
  405: 'another connection holds it for itself alone',
  530: 'create the virtual host, let this user use it, or correct it in url',
};

export function outcomeOf(published: Published, asked: Asked): Outcome {
  const { place, exchange, key, timeoutMs } = asked;
  switch (published.kind) {
    case 'confirmed':
      return { kind: 'sent', answer: 'confirmed' };
    case 'forbidden':
      return { kind: 'retry', reason: 'another process tells it' };
    case 'blocked':
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
      return failure(published, place, timeoutMs);
  }
}

function failure(
  { error, hasLeft }: Extract<Published, { readonly kind: 'failed' }>,
  place: string,
  timeoutMs: number | null,
): Outcome {
  const message = error instanceof Error ? error.message : String(error);
  // The client keeps to itself what the broker says to a virtual host.
  const code = /^Expected ConnectionOpenOk/.test(message) ? 530 : Number(/\b([345]\d\d) \(/.exec(message)?.[1] ?? 0);
  const [, words] = / with message "(?:[A-Z_]+ - )?(.*)"/s.exec(message) ?? [];
  const said = words === undefined ? quoted(message, 160) : `${quoted(words, 120)} (${code})`;
  const advice = ADVICE[code];
  if (advice !== undefined) return { kind: 'broken', reason: `${place} refuses it: ${said}; ${advice}` };
  if (code === 406 || code === 311) {
    return { kind: 'rejected', reason: `${place} refuses it: ${said}; see what the exchange and its queues take` };
  }
  const why = timeoutMs === null ? said : `no answer within ${timeoutMs / 1000} s`;
  if (hasLeft) return { kind: 'unknown', reason: `${place} may have it: ${why}` };
  return { kind: 'retry', reason: `${place} cannot be reached: ${why}` };
}
