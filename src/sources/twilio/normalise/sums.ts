import type { Sum } from '../../../model/activity.ts';

/** Headline → how several are counted, where its own words do not say it. */
export const SUMS: ReadonlyMap<string, Sum> = new Map<string, Sum>([
  ['Call came in', { noun: 'call', part: 'came in', alone: null }],
  ['Call met a busy line', { noun: 'call', part: 'met a busy line', alone: null }],
  ['Call not answered', { noun: 'call', part: 'not answered', alone: null }],
  ['Message on its way', { noun: 'message', part: 'on the way', alone: null }],
  ['Message partly delivered', { noun: 'message', part: 'partly delivered', alone: null }],
  ['Message received', { noun: 'message', part: 'received', alone: null }],
  ['Message undelivered', { noun: 'message', part: 'undelivered', alone: null }],
  ['Twilio called', { noun: 'request', part: null, alone: null }],
  ['Twilio error', { noun: 'error', part: null, alone: null }],
  ['Twilio warning', { noun: 'warning', part: null, alone: null }],
]);
