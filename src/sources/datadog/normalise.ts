import type { StoredEvent } from '../../model/event.ts';
import { fateIn } from '../../model/event-catalog.ts';
import type { Normalised } from '../../model/source.ts';
import { normalised } from '../../telling/activity-of.ts';
import type { Told } from '../../telling/told.ts';
import { payloadOf } from './envelope.ts';
import { EVENTS } from './events.ts';
import { field } from './fields.ts';
import { type DatadogEvent, eventOf, siteOf } from './normalise/event.ts';
import { monitor } from './normalise/monitor.ts';
import { incident, incidentStatus, other } from './normalise/other.ts';
import { SUMS } from './normalise/sums.ts';

/** What happened, in Tidings' words. @throws PayloadError when the body is neither JSON nor a form */
export function normalise({ source, guid, body }: StoredEvent): Normalised {
  const event = eventOf(payloadOf(body), guid);
  const { type, url, occurredAt, environment, labels, isTest } = event;
  const action = type === 'monitor' ? event.transition : type === 'incident' ? incidentStatus(event) : null;
  const envelope = {
    provider: 'datadog',
    source,
    id: guid,
    type,
    action,
    fate: fateIn(EVENTS, type, action),
    // Nobody did it: a monitor saw it.
    actor: null,
    place: { name: field(event.fields, ['orgname', 'organizationname']) ?? 'Datadog', url: siteOf(event) },
    page: url,
    occurredAt,
    facets: { isTest },
    sums: SUMS,
  };
  return normalised(envelope, () => {
    const told = toldBy(event);
    return { ...told, excerpt: event.message, url, facets: { ...told.facets, environment, labels } };
  });
}

function toldBy(event: DatadogEvent): Told {
  if (event.type === 'monitor') return monitor(event);
  return event.type === 'incident' ? incident(event) : other(event);
}
