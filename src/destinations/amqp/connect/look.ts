import { type Asked, outcomeOf } from '../answer.ts';
import { openBroker } from '../broker.ts';
import type { AmqpSettings } from '../settings.ts';
import { placeOf } from '../shapes.ts';

const TIMEOUT_MS = 10_000;

export type Seen =
  | { readonly ok: true; readonly place: string }
  | { readonly ok: false; readonly kind: 'refused' | 'later'; readonly problem: string };

/** Whether queue or exchange are there; without either, whether one may connect. Nothing is sent. @throws Error in words */
export async function lookAt(to: Pick<AmqpSettings, 'url' | 'queue' | 'exchange'>, signal: AbortSignal): Promise<Seen> {
  const place = placeOf(to.url.reveal());
  const broker = openBroker(to.url.reveal(), TIMEOUT_MS);
  try {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const looked = await broker.look(to, AbortSignal.any([signal, timeout]));
    const timeoutMs = timeout.aborted ? TIMEOUT_MS : null;
    const asked: Asked = { place, exchange: '', key: '', timeoutMs, refusedBefore: true };
    const outcome = outcomeOf(looked, asked);
    if (outcome.kind === 'sent') return { ok: true, place };
    const isLater = outcome.kind === 'retry' || outcome.kind === 'unknown';
    return { ok: false, kind: isLater ? 'later' : 'refused', problem: outcome.reason };
  } finally {
    await broker.close();
  }
}
