import type { EventFilter } from '../model/inbox/records.ts';

/** `pull_request`, or `pull_request.merged`: what people call a kind of event, as a filter. No type has a dot in it. */
export function kindFilter(kind: string): Pick<EventFilter, 'type' | 'action'> {
  const dot = kind.indexOf('.');
  return dot < 0 ? { type: kind } : { type: kind.slice(0, dot), action: kind.slice(dot + 1) };
}
