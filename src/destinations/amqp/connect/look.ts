import { type Unseen, unseen } from '../../looked.ts';
import { type Asked, outcomeOf } from '../answer.ts';
import { openBroker } from '../broker.ts';
import type { AmqpSettings } from '../settings.ts';
import { placeOf } from '../shapes.ts';

const TIMEOUT_MS = 10_000;

export type Seen = { readonly ok: true; readonly place: string } | Unseen;

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
    return unseen(outcome);
  } finally {
    await broker.close();
  }
}
