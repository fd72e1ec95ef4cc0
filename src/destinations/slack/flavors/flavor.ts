/** Whose servers take Slack's webhooks; those that are not Slack's show something else. */
export const FLAVORS = ['slack', 'mattermost', 'rocketchat', 'zulip'] as const;
export type Flavor = (typeof FLAVORS)[number];
export type Foreign = Exclude<Flavor, 'slack'>;

/** As people call them. */
export const TITLES: Readonly<Record<Flavor, string>> = {
  slack: 'Slack',
  mattermost: 'Mattermost',
  rocketchat: 'Rocket.Chat',
  zulip: 'Zulip',
};

/** It takes ten calls a minute, https://docs.rocket.chat/docs/rate-limiter. */
export const ROCKETCHAT_INTERVAL_MS = 6_000;
