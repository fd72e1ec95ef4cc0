import type { Sum } from '../../../model/activity.ts';

/** Headline → how several are counted, where its own words do not say it. */
export const SUMS: ReadonlyMap<string, Sum> = new Map<string, Sum>([
  ['Incident has a new note', { noun: 'incident note', part: null, alone: null }],
  ['Incident no longer acknowledged', { noun: 'incident', part: 'no longer acknowledged', alone: null }],
  ['Incident priority changed', { noun: ['incident priority', 'incident priorities'], part: 'changed', alone: null }],
  ['Incident update', { noun: 'incident update', part: null, alone: null }],
  ['Help asked for', { noun: 'responder', part: 'asked for', alone: null }],
  ['Help declined', { noun: 'responder', part: 'who declined', alone: null }],
  ['Help is coming', { noun: 'responder', part: 'on the way', alone: null }],
  ['Conference bridge changed', { noun: 'conference bridge', part: 'changed', alone: null }],
  ['Incident role changed', { noun: 'incident role', part: 'changed', alone: null }],
  ['Test event', { noun: 'test event', part: null, alone: null }],
]);
