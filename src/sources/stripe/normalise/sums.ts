import type { Sum } from '../../../model/activity.ts';
import { COMMERCE_SUMS } from '../../../telling/commerce.ts';

/** Headline → how several are counted, where its own words do not say it. */
export const SUMS: ReadonlyMap<string, Sum> = new Map<string, Sum>([
  ...COMMERCE_SUMS,
  ['Early fraud warning', { noun: 'early fraud warning', part: null, alone: null }],
  ['Payment method expires soon', { noun: 'payment method', part: ['expires soon', 'expire soon'], alone: null }],
  ['Payment to be reviewed', { noun: 'payment', part: 'to be reviewed', alone: null }],
]);
