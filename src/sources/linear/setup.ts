import type { Setup } from '../../model/plugin/setup.ts';

export const SETUP: Setup = {
  page: 'https://linear.app/settings/api',
  secret: 'signing secret',
  steps: [
    'In Linear: **Settings → API → Webhooks → New webhook**. Only admins may.',
    '**URL**: `{url}`.',
    'Choose the teams, or all public ones, and what to hear of: **Issues**, **Comments** and **Project updates** are a good start, and with **Issue SLAs** what Tidings posts if you write no rules.',
    'Copy the **signing secret** of the webhook, `lin_wh_…`: it is `{variable}` here. A key of the API, `lin_api_…`, is not it.',
  ],
  first: 'Move or comment on an issue of a chosen team.',
};
