import type { Sum } from '../../../model/activity.ts';

/** Headline → how several are counted, where its own words do not say it. */
export const SUMS: ReadonlyMap<string, Sum> = new Map<string, Sum>([
  ['Issue comment', { noun: 'issue comment', part: null, alone: null }],
  ['Issue escalating', { noun: 'issue', part: ['escalates', 'escalate'], alone: null }],
  ['Alert critical', { noun: 'alert', part: 'critical', alone: 'critical alert' }],
  ['Alert warning', { noun: 'alert', part: 'warning', alone: null }],
  ['Root cause found', { noun: 'root cause', part: 'found', alone: null }],
  ['Solution found', { noun: 'solution', part: 'found', alone: null }],
  ['Fix written', { noun: ['fix', 'fixes'], part: 'written', alone: null }],
  ['Fix revised', { noun: ['fix', 'fixes'], part: 'revised', alone: null }],
  ['Impact assessed', { noun: 'impact', part: 'assessed', alone: null }],
  ['Fix proposed', { noun: ['fix', 'fixes'], part: 'proposed', alone: null }],
]);
