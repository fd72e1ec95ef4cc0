import type { EventCatalog, EventEntry } from '../../model/event-catalog.ts';
import type { FacetName } from '../../model/facets.ts';
import { type Actions, minor, told } from '../../telling/fates.ts';

function entry(actions: Actions, facets: readonly FacetName[] = []): EventEntry {
  return { actions, facets };
}

/**
 * What PagerDuty sends, https://developer.pagerduty.com/docs/webhooks-overview, each name taken apart at its last dot. What the second
 * generation calls `incident.trigger` is `incident: [triggered]` too.
 */
export const EVENTS: EventCatalog = {
  incident: {
    ...entry(
      {
        ...told('triggered acknowledged unacknowledged escalated reassigned delegated resolved reopened'),
        ...told('annotated status_update_published priority_updated'),
        ...minor('service_updated', 'details are put in order while people work on it'),
      },
      ['severity', 'assignees', 'transition', 'labels'],
    ),
    mistaken: {
      trigger: 'is called `triggered`',
      acknowledge: 'is called `acknowledged`',
      resolve: 'is called `resolved`',
      assigned: 'is called `reassigned`',
    },
  },
  'incident.action_invocation': entry({
    ...minor('created updated', 'it is news when it ends'),
    ...told('terminated'),
  }),
  'incident.conference_bridge': entry(told('updated')),
  'incident.custom_field_values': entry(minor('updated', 'fields are filled in one after the other'), ['environment']),
  'incident.incident_type': entry(minor('changed', 'details are put in order while people work on it')),
  'incident.responder': entry(told('added replied')),
  'incident.role': entry(told('assigned')),
  'incident.task': entry({
    ...told('created completed'),
    ...minor('updated', 'details change many times'),
  }),
  'incident.workflow': entry({ ...minor('started', 'it is news when it ends'), ...told('completed') }),
  pagey: entry(told('ping')),
  service: entry({ ...told('created deleted'), ...minor('updated', 'details change many times') }),
  'service.custom_field_values': entry(minor('updated', 'details change many times')),
};
