import type { Catalog } from './model/plugin/catalog.ts';

// The table: one row a provider, one a destination type. A row names a folder, which holds all the rest. Rows are imported when
// somebody asks: what is not configured is not loaded.

/** Who sends webhooks. */
export const PROVIDERS = {
  github: () => import('./sources/github/provider.ts'),
  stripe: () => import('./sources/stripe/provider.ts'),
  slack: () => import('./sources/slack/provider.ts'),
  gitlab: () => import('./sources/gitlab/provider.ts'),
  bitbucket: () => import('./sources/bitbucket/provider.ts'),
  gitea: () => import('./sources/gitea/provider.ts'),
  pagerduty: () => import('./sources/pagerduty/provider.ts'),
  sentry: () => import('./sources/sentry/provider.ts'),
  datadog: () => import('./sources/datadog/provider.ts'),
  'standard-webhooks': () => import('./sources/standard-webhooks/provider.ts'),
  generic: () => import('./sources/generic/provider.ts'),
  square: () => import('./sources/square/provider.ts'),
  paypal: () => import('./sources/paypal/provider.ts'),
  discord: () => import('./sources/discord/provider.ts'),
  twilio: () => import('./sources/twilio/provider.ts'),
  linear: () => import('./sources/linear/provider.ts'),
  shopify: () => import('./sources/shopify/provider.ts'),
} as const satisfies Catalog['providers'];

/** Where messages go. */
export const CHANNELS = {
  slack: () => import('./destinations/slack/channel.ts'),
  discord: () => import('./destinations/discord/channel.ts'),
  email: () => import('./destinations/email/channel.ts'),
  console: () => import('./destinations/console/channel.ts'),
  http: () => import('./destinations/http/channel.ts'),
  telegram: () => import('./destinations/telegram/channel.ts'),
  teams: () => import('./destinations/teams/channel.ts'),
  'google-chat': () => import('./destinations/google-chat/channel.ts'),
  matrix: () => import('./destinations/matrix/channel.ts'),
  sql: () => import('./destinations/sql/channel.ts'),
  amqp: () => import('./destinations/amqp/channel.ts'),
  nats: () => import('./destinations/nats/channel.ts'),
  redis: () => import('./destinations/redis/channel.ts'),
  command: () => import('./destinations/command/channel.ts'),
  ntfy: () => import('./destinations/ntfy/channel.ts'),
  gotify: () => import('./destinations/gotify/channel.ts'),
  forward: () => import('./destinations/forward/channel.ts'),
  'github-dispatch': () => import('./destinations/github-dispatch/channel.ts'),
  pagerduty: () => import('./destinations/pagerduty/channel.ts'),
} as const satisfies Catalog['channels'];

export const CATALOG: Catalog = {
  providers: PROVIDERS,
  channels: CHANNELS,
  byDefault: { provider: 'github', channel: 'console' },
  proposed: { channel: 'slack', title: 'Slack' },
};
