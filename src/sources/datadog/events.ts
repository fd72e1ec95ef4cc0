import type { EventCatalog } from '../../model/event-catalog.ts';
import { TRANSITIONS } from './title.ts';

/** What people write of a monitor that is none of its transitions. */
const MISTAKEN = {
  warning: 'is called `warn`',
  warned: 'is called `warn`',
  alert: 'is called `triggered`',
  resolved: 'is called `recovered`',
  ok: 'is called `recovered`',
};

/**
 * What a webhook may tell, https://docs.datadoghq.com/integrations/webhooks/. The names are Tidings' own: Datadog sends what the
 * template says, which need not name anything. `$ALERT_TRANSITION` is the action, its words joined by `_`.
 */
export const EVENTS: EventCatalog = {
  event: { actions: { '': 'told' }, facets: ['severity', 'environment', 'labels'] },
  incident: { actions: { '*': 'told' }, facets: ['severity', 'environment', 'labels', 'transition'] },
  monitor: {
    actions: { ...Object.fromEntries(TRANSITIONS.map((transition) => [transition, 'told'])), '': 'told' },
    facets: ['severity', 'environment', 'labels', 'transition'],
    alsoCalled: ['alert'],
    mistaken: MISTAKEN,
  },
};
