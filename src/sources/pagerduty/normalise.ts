import type { StoredEvent } from '../../model/event.ts';
import { fateIn } from '../../model/event-catalog.ts';
import type { Normalised } from '../../model/source.ts';
import { parseBody } from '../../shared/payload.ts';
import { normalised } from '../../telling/activity-of.ts';
import { momentAt } from '../../telling/parts.ts';
import type { Told } from '../../telling/told.ts';
import { counted } from '../../text/words.ts';
import { eventOf, type PagerdutyEvent } from './envelope.ts';
import { EVENTS } from './events.ts';
import {
  actionInvocation,
  conferenceBridge,
  incidentType,
  responder,
  role,
  task,
  unworded,
  workflow,
} from './normalise/around.ts';
import { incidentFields, serviceFields } from './normalise/fields.ts';
import { incident } from './normalise/incident.ts';
import { agentOf, placeOf } from './normalise/parts.ts';
import { ping, service } from './normalise/service.ts';
import { SUMS } from './normalise/sums.ts';

/** Event type → who tells it. Null, and what is not here: told by its name. */
const FAMILIES: ReadonlyMap<string, (event: PagerdutyEvent) => Told | null> = new Map([
  ['incident', incident],
  ['incident.action_invocation', actionInvocation],
  ['incident.conference_bridge', conferenceBridge],
  ['incident.custom_field_values', incidentFields],
  ['incident.incident_type', incidentType],
  ['incident.responder', responder],
  ['incident.role', role],
  ['incident.task', task],
  ['incident.workflow', workflow],
  ['pagey', ping],
  ['service', service],
  ['service.custom_field_values', serviceFields],
]);

/** What happened, in Tidings' words. @throws PayloadError when the body is no event of PagerDuty's */
export function normalise({ source, guid, body }: StoredEvent): Normalised {
  const event = eventOf(parseBody(body));
  const { id, type, action } = event;
  const envelope = {
    provider: 'pagerduty',
    source,
    id: id ?? guid,
    type,
    action,
    fate: fateIn(EVENTS, type, action),
    actor: agentOf(event),
    place: placeOf(event),
    page: null,
    occurredAt: momentAt(event.around, 'occurred_at'),
    sums: SUMS,
  };
  return normalised(envelope, () => withOthers(event, FAMILIES.get(type)?.(event) ?? unworded(event)));
}

function withOthers({ others }: PagerdutyEvent, told: Told): Told {
  return others === 0 ? told : { ...told, facts: [...(told.facts ?? []), `and ${counted(others, 'more event')}`] };
}
