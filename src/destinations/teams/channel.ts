import type { Channel } from '../../model/plugin/channel.ts';
import { originOf } from '../../shared/origin.ts';
import { Secret } from '../../shared/secret.ts';
import type { TeamsSettings } from './settings.ts';
import { WEBHOOK_VARIABLE, webhookProblem } from './shapes.ts';

export const channel: Channel<TeamsSettings> = {
  title: 'Microsoft Teams',
  can: { digest: 2, thread: null, card: null, edit: false, everybody: false, dedup: null },
  words: ({ webhook_url: url }) => `workflow at ${originOf(url.reveal())}`,
  byDefault: {
    variable: WEBHOOK_VARIABLE,
    settings(env) {
      const url = env.address(WEBHOOK_VARIABLE);
      if (url === null) return null;
      const problem = webhookProblem(url);
      if (problem !== undefined) env.tell(WEBHOOK_VARIABLE, problem);
      const settings = { webhook_url: new Secret(url), per_minute: 60 };
      return { settings, variables: { webhook_url: WEBHOOK_VARIABLE } };
    },
  },
  schema: async () => (await import('./schema.ts')).SCHEMA,
  connect: async () => (await import('./connect/connect.ts')).connect,
  check: async (name, { webhook_url: url }) => [(await import('../webhook-connect.ts')).unaskable(name, url)],
  async open({ name, settings: { webhook_url: webhookUrl, per_minute: perMinute }, clock }) {
    const { teamsDestination } = await import('./teams-destination.ts');
    return teamsDestination({ name, webhookUrl, perMinute, clock });
  },
};
