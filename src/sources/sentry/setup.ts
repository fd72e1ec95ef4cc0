import type { Setup } from '../../model/plugin/setup.ts';

export const SETUP: Setup = {
  page: null,
  secret: 'client secret',
  steps: [
    'In Sentry: **Settings → Custom Integrations → Create New Integration → Internal Integration**.',
    '**Webhook URL**: `{url}`. For alerts, switch **Alert Rule Action** on.',
    'Permissions: **Issue & Event: Read** for issues, errors and comments. Below, under **Webhooks**, choose `issue` and `comment`; `error` sends every single error.',
    '**Save**. The **Client Secret** (not the token above it) is `{variable}` here.',
    'For alerts: in an alert rule, add the action **Send a notification via** your integration.',
  ],
  first: 'Resolve an issue, or comment on one.',
};
