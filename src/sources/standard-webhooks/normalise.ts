import type { StoredEvent } from '../../model/event.ts';
import { fateIn } from '../../model/event-catalog.ts';
import { splitName } from '../../model/kind.ts';
import type { Normalised } from '../../model/source.ts';
import { isObject } from '../../shared/payload.ts';
import { normalised } from '../../telling/activity-of.ts';
import { momentAt } from '../../telling/parts.ts';
import type { Told } from '../../telling/told.ts';
import { identify, UNNAMED } from './envelope.ts';
import type { SenderName } from './senders/names.ts';
import type { SentEvent } from './senders/sender.ts';
import { SUMS } from './senders/sums.ts';

/** What whoever sent it says of an event. Never throws: a body of any shape is told, in general words at least. */
export function normalise(senderName: SenderName | undefined, { source, guid, body }: StoredEvent): Normalised {
  const { sender, payload, name } = identify(senderName, body);
  const { type, action } = splitName(name);
  const data = payload['data'];
  const event: SentEvent = { name, type, action, payload, data: isObject(data) ? data : {} };
  const envelope = {
    provider: 'standard-webhooks',
    source,
    // Ids are a sender's own, and nobody knows how those of others look.
    id: sender.title === null ? `${source} ${guid}` : guid,
    type,
    action,
    fate: fateIn(sender.events, type, action) ?? sender.events['*']?.actions['*'],
    actor: null,
    place: sender.title === null || sender.url === null ? null : { name: sender.title, url: sender.url },
    account: sender.title === null && source !== 'standard-webhooks' ? source : null,
    page: null,
    sums: SUMS,
    occurredAt: sender.times.map((path) => momentAt(payload, path)).find((time) => time !== null) ?? null,
  };
  return normalised(envelope, () => {
    const told = sender.tell(event);
    return name === UNNAMED && !('skip' in told) ? unnamed(told) : told;
  });
}

function unnamed(told: Told): Told {
  return { ...told, headline: 'Webhook received', noun: 'webhook' };
}
