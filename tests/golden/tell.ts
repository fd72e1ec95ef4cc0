import type { StoredEvent } from '../../src/model/event.ts';
import type { Normalised } from '../../src/model/source.ts';
import { normalise } from '../../src/sources/github/normalise.ts';

const RECEIVED_AT = Date.UTC(2026, 0, 15, 9, 30);

/**
 * What is made of a payload on the way from GitHub to a destination.
 * @throws PayloadError as the expander would meet it
 */
export function tell(type: string, payload: unknown): Normalised {
  return normalise(storedEvent(type, payload));
}

export function storedEvent(type: string, payload: unknown): StoredEvent {
  const guid = '72d3162e-cc78-11e3-81ab-4c9367dc0958';
  return {
    id: 1,
    origin: 'webhook',
    source: 'github',
    deliveryId: `1:${guid}`,
    guid,
    type,
    headers: { 'content-type': 'application/json', 'x-github-event': type },
    body: Buffer.from(JSON.stringify(payload)),
    receivedAt: RECEIVED_AT,
    storedAt: RECEIVED_AT,
    replays: 0,
    settled: null,
  };
}
