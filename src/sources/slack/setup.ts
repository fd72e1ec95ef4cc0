import type { Setup } from '../../model/plugin/setup.ts';

export const SETUP: Setup = {
  page: 'https://api.slack.com/apps',
  secret: 'signing secret',
  steps: [
    'At [api.slack.com/apps](https://api.slack.com/apps): **Create New App → From scratch**. Under **Basic Information → App Credentials** stands the **Signing Secret**: it is `{variable}` here. Start Tidings with it.',
    '**Event Subscriptions → Enable Events**, with the URL `{url}`. Slack sends a challenge, Tidings checks its signature and answers, and the page says **Verified**. Without a public address, Tidings can connect to Slack instead: docs/sources/slack.md, "Socket Mode".',
    '**Subscribe to bot events**: what the app shall hear of. Slack adds the scopes they need.',
    '**Install to Workspace**. Messages come from the channels the app is in: `/invite @yourapp`.',
  ],
  first: 'Type the URL at Slack once Tidings runs with the secret: Slack sends its challenge at once.',
};
