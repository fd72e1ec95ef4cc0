import type { Sum } from '../../../model/activity.ts';
import { COMMERCE_SUMS } from '../../../telling/commerce.ts';

/** Headline → how several are counted, where its own words do not say it. */
export const SUMS: ReadonlyMap<string, Sum> = new Map<string, Sum>([
  ...COMMERCE_SUMS,
  ['Member joined', { noun: 'member', part: 'joined', alone: null }],
  ['Member left', { noun: 'member', part: 'left', alone: null }],
  ['Joined the waitlist', { noun: ['waitlist entry', 'waitlist entries'], part: null, alone: null }],
  ['Session needs action', { noun: 'session', part: ['needs action', 'need action'], alone: null }],
  ['Session idle', { noun: 'session', part: 'idle', alone: null }],
  ['Credential refresh failed', { noun: 'credential', part: 'not refreshed', alone: null }],
  ['Message delivered after all', { noun: 'message', part: 'delivered after all', alone: null }],
  ['Message delivery failing', { noun: 'message', part: 'not delivered yet', alone: null }],
  ['Message delivery given up', { noun: 'message', part: 'given up', alone: null }],
  ['Call incoming', { noun: 'incoming call', part: null, alone: null }],
]);
