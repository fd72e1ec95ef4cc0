import type { TunnelEvents } from '../../model/tunnel.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Random } from '../../shared/ids.ts';
import { request } from '../../shared/outbound.ts';
import { backoffMs, pause } from '../backoff.ts';
import { type Forwarded, forwarded, type Receiving } from './forwarded.ts';

export interface PassingOn {
  /** Whose webhooks come through: a channel is one address. */
  readonly source: Receiving;
  readonly localPort: number;
  readonly events: Pick<TunnelEvents, 'warned'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly closing: AbortSignal;
}

/** Below the 10 s that a stop may take. */
const LOCAL_TIMEOUT_MS = 5_000;
const TRIES = 3;

const ALTERED =
  'a delivery came through smee with a body that no longer fits its signature: smee parses the JSON and writes it anew. It is refused. Use --tunnel cloudflared or ngrok, which pass the bytes through';
const ALTERED_FORM =
  'a delivery came through smee as a form, which it cannot pass on unchanged. It is refused. Choose the content type application/json for the webhook';

/** Hands what smee sends to the receiver of this process. */
export function passingOn({ source, localPort, events, clock, random, closing }: PassingOn) {
  const target = `http://127.0.0.1:${localPort}/webhooks/${source.name}`;
  let hasWarned = false;

  /** A receiver that is overloaded says so at once: it is asked twice more, since smee repeats nothing. */
  async function post({ headers, body }: Forwarded): Promise<void> {
    for (let tries = 0; tries < TRIES; tries++) {
      const answer = await request({ url: target, headers, body, timeoutMs: LOCAL_TIMEOUT_MS });
      if (answer.kind === 'answered' && answer.status < 500) return;
      if (closing.aborted) break;
      await pause(backoffMs(tries, random), clock, closing);
    }
    events.warned('a delivery that came through smee could not be stored, and smee does not repeat it');
  }

  return async (data: string): Promise<void> => {
    const delivery = await forwarded(data, source, clock.now());
    if (delivery === null) return;
    if (!delivery.isWhole && delivery.headers['x-hub-signature-256'] !== undefined && !hasWarned) {
      hasWarned = true;
      events.warned(delivery.isForm ? ALTERED_FORM : ALTERED);
    }
    await post(delivery);
  };
}
