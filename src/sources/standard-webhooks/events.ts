import { type EventCatalog, merged } from '../../model/event-catalog.ts';
import { EVERYBODY_ELSE } from './senders/everybody-else.ts';
import { SENDERS } from './senders/senders.ts';

/** What those send that have a row, and whatever others call theirs. */
export const EVENTS: EventCatalog = merged([...Object.values(SENDERS), EVERYBODY_ELSE].map(({ events }) => events));
