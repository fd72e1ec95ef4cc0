import type { Setup } from '../../model/plugin/setup.ts';

export const SETUP: Setup = {
  page: null,
  secret: 'signing secret',
  steps: [
    'In PagerDuty: **Integrations → Generic Webhooks (v3) → New Webhook**, with the URL `{url}`.',
    'Scope: a service, a team or the account. Choose the events; all `incident.*` are a good start.',
    '**Add Webhook** shows the signing secret, once. It is `{variable}` here, as it stands. Start Tidings **before** anything happens: PagerDuty switches off what refuses it.',
  ],
  first: "**Send Test Event** on the webhook's page: a test event is posted, if a rule asks for `pagey`.",
};
