import type { EventCatalog } from '../../model/event-catalog.ts';

/** Whatever it is called: there is no list of what anybody may send. */
export const EVENTS: EventCatalog = { '*': { actions: { '*': 'told' }, facets: [] } };
