import { splitName } from '../../model/kind.ts';
import type { Identity } from '../../model/source.ts';
import { boundedId, idOfBytes } from '../../shared/bounded-id.ts';
import { bodyOrNull, textOrNull } from '../../shared/payload.ts';

/** `evt_…` and `invoice.paid`, of snapshot events and thin ones (`v2.core.event`) alike. */
export function identify(body: Buffer): Identity {
  const payload = bodyOrNull(body);
  if (payload === null) return { missing: 'body, a JSON object,' };
  const id = boundedId(textOrNull(payload, 'id'));
  if (id === null) return { missing: 'field id' };
  const name = boundedId(textOrNull(payload, 'type'));
  return name === null
    ? { missing: 'field type' }
    : { id: isMadeUp(id) ? ownId(id, body) : id, type: splitName(name).type };
}

/** All events that its dashboard sends for a trial have one id, `evt_00000000000000`: they are known by their bytes. */
function isMadeUp(id: string): boolean {
  return /^evt_0+$/.test(id);
}

function ownId(id: string, body: Buffer): string {
  return `${id}:${idOfBytes(body).slice(0, 32)}`;
}
