import type { Sum } from '../../../model/activity.ts';

/** Headline → how several are counted, where its own words do not say it. */
export const SUMS: ReadonlyMap<string, Sum> = new Map<string, Sum>([
  ['Early fraud warning', { noun: 'early fraud warning', part: null, alone: null }],
  ['Invoice payment failed', { noun: 'invoice payment', part: 'failed', alone: null }],
  ['Payment partly refunded', { noun: 'payment', part: 'partly refunded', alone: null }],
  ['Payment to be reviewed', { noun: 'payment', part: 'to be reviewed', alone: null }],
  ['Subscription payment overdue', { noun: 'subscription', part: 'past due', alone: null }],
  ['Trial ends soon', { noun: 'trial', part: ['ends soon', 'end soon'], alone: null }],
  ['Trial started', { noun: 'trial', part: 'started', alone: null }],
]);
