import { generic } from '../../../telling/generic.ts';
import type { Sender, SentEvent } from './sender.ts';

/** Whoever has no row of its own, and events that no row has words for. */
export const EVERYBODY_ELSE: Sender = {
  title: null,
  url: null,
  names: ['type', 'event_type', 'eventType', 'event', 'event.type'],
  id: null,
  times: ['timestamp', 'created_at', 'createdAt', 'data.created_at', 'data.createdAt'],
  events: { '*': { actions: { '*': 'told' }, facets: [] } },
  isIts: () => true,
  tell: inGeneralWords,
};

export function inGeneralWords({ name, action, payload }: SentEvent) {
  return generic({ name, action, payload });
}
