import type { Channel } from '../../model/plugin/channel.ts';
import { originOf } from '../../shared/origin.ts';
import { originFor, type PagerdutySettings } from './settings.ts';

export const channel: Channel<PagerdutySettings> = {
  title: 'PagerDuty',
  can: { digest: null, thread: null, card: null, edit: false, everybody: false, dedup: null, paceMs: 500 },
  words: (settings) => `a service at ${originOf(originFor(settings))}${settings.changes ? '' : ', alerts alone'}`,
  schema: async () => (await import('./schema.ts')).SCHEMA,
  connect: async () => (await import('./connect/connect.ts')).connect,
  check: async (name, settings, asking) => (await import('./connect/check.ts')).check(name, settings, asking),
  async open({ name, settings, clock }) {
    const { pagerdutyDestination } = await import('./pagerduty-destination.ts');
    return pagerdutyDestination({ name, settings, clock });
  },
};
