import type { Sum } from '../../../model/activity.ts';

/** Headline → how several are counted, where its own words do not say it. */
export const SUMS: ReadonlyMap<string, Sum> = new Map<string, Sum>([
  ['Event', { noun: 'event', part: null, alone: null }],
  ['Incident active', { noun: 'incident', part: 'active', alone: 'active incident' }],
  ['Monitor alert', { noun: 'monitor', part: null, alone: null }],
  ['Monitor not recovered yet', { noun: 'monitor', part: 'not recovered yet', alone: null }],
  ['Monitor still triggered', { noun: 'monitor', part: 'still triggered', alone: null }],
  ['Monitor still warning', { noun: 'monitor', part: 'still warning', alone: null }],
  ['Monitor still without data', { noun: 'monitor', part: 'still without data', alone: null }],
  ['Monitor warning', { noun: 'monitor', part: 'warning', alone: null }],
  ['Monitor without data', { noun: 'monitor', part: 'without data', alone: null }],
]);
