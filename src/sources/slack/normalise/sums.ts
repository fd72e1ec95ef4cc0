import type { Sum } from '../../../model/activity.ts';

const PEOPLE = ['person', 'people'] as const;

/** Headline → how several are counted, where its own words do not say it. */
export const SUMS: ReadonlyMap<string, Sum> = new Map<string, Sum>([
  ['App mentioned', { noun: ['mention of the app', 'mentions of the app'], part: null, alone: null }],
  ['Channel renamed', { noun: 'channel', part: 'renamed', alone: null }],
  ['Channel topic changed', { noun: 'channel topic', part: 'changed', alone: null }],
  ['Direct message', { noun: 'direct message', part: null, alone: null }],
  ['File shared', { noun: 'file', part: 'shared', alone: null }],
  ['Huddle started', { noun: 'huddle', part: 'started', alone: null }],
  ['Joined a huddle', { noun: PEOPLE, part: 'joined a huddle', alone: null }],
  ['Left a huddle', { noun: PEOPLE, part: 'left a huddle', alone: null }],
  ['Message pinned', { noun: 'message', part: 'pinned', alone: null }],
  ['Message unpinned', { noun: 'message', part: 'unpinned', alone: null }],
  ['Profile changed', { noun: 'profile', part: 'changed', alone: null }],
  ['Reply in a thread', { noun: 'reply', part: null, alone: null }],
  ['Reply sent to the channel', { noun: 'reply', part: null, alone: null }],
  ['Somebody joined a channel', { noun: PEOPLE, part: 'joined', alone: null }],
  ['Somebody left a channel', { noun: PEOPLE, part: 'left', alone: null }],
  ['User group created', { noun: 'user group', part: 'created', alone: null }],
  ['User group changed', { noun: 'user group', part: 'changed', alone: null }],
]);
