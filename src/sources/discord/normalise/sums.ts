import type { Sum } from '../../../model/activity.ts';

/** Headline → how several are counted, where its own words do not say it. */
export const SUMS: ReadonlyMap<string, Sum> = new Map<string, Sum>([
  ['Direct message', { noun: 'direct message', part: null, alone: null }],
  ['Entitlement taken back', { noun: 'entitlement', part: 'taken back', alone: null }],
  ['Lobby message', { noun: 'lobby message', part: null, alone: null }],
]);
