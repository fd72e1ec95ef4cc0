import type { StoredEvent } from '../../model/event.ts';
import { fateIn } from '../../model/event-catalog.ts';
import type { Normalised } from '../../model/source.ts';
import { parseBody, textOrNull } from '../../shared/payload.ts';
import { normalised } from '../../telling/activity-of.ts';
import { isSkip, type Skip, type Told } from '../../telling/told.ts';
import { EVENTS } from './events.ts';
import { eventOf, type LinearEvent } from './normalise/event.ts';
import { FAMILIES } from './normalise/families.ts';
import { HOME, teamOf } from './normalise/parts.ts';
import { thing } from './normalise/thing.ts';

/** What happened, in Tidings' words. @throws PayloadError when the body is no webhook of Linear's */
export function normalise({ source, guid, body }: StoredEvent): Normalised {
  const event = eventOf(parseBody(body));
  const { type, action, actor, url, workspace, occurredAt } = event;
  const envelope = {
    provider: 'linear',
    source,
    id: guid,
    type,
    action,
    fate: fateIn(EVENTS, type, action),
    actor,
    place: teamOf(event),
    page: url ?? (workspace === null ? null : `${HOME}/${workspace}`),
    occurredAt,
    account: workspace,
  };
  return normalised(envelope, () => happened(event, (FAMILIES.get(type) ?? thing)(event)));
}

/** Two webhooks, of a team and of the workspace, tell one change under two delivery ids. */
function happened({ type, action, data, before, payload }: LinearEvent, told: Told | Skip): Told | Skip {
  const id = textOrNull(data, 'id');
  const at = textOrNull(payload, 'createdAt');
  if (isSkip(told) || id === null || at === null) return told;
  const changed = Object.keys(before).toSorted().join();
  return { ...told, happening: `${type} ${id} ${action} ${at} ${changed}`.slice(0, 300) };
}
