import type { Sum } from '../../../model/activity.ts';
import { COMMERCE_SUMS } from '../../../telling/commerce.ts';

/** Headline → how several are counted, where its own words do not say it. */
export const SUMS: ReadonlyMap<string, Sum> = new Map<string, Sum>([
  ...COMMERCE_SUMS,
  ['Checkout payment failed', { noun: 'checkout payment', part: 'failed', alone: null }],
  ['Checkout payment succeeded', { noun: 'checkout payment', part: 'succeeded', alone: null }],
  ['Early fraud warning', { noun: 'early fraud warning', part: null, alone: null }],
  ['Payment method expires soon', { noun: 'payment method', part: ['expires soon', 'expire soon'], alone: null }],
  ['Payment method setup failed', { noun: 'payment method setup', part: 'failed', alone: null }],
  ['Payment to be reviewed', { noun: 'payment', part: 'to be reviewed', alone: null }],
  ['Subscription payments paused', { noun: 'subscription', part: 'with payments paused', alone: null }],
  ['Subscription payments resumed', { noun: 'subscription', part: 'with payments resumed', alone: null }],
]);
