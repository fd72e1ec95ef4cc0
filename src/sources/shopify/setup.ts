import type { Setup } from '../../model/plugin/setup.ts';

export const SETUP: Setup = {
  page: null,
  secret: 'signing key',
  steps: [
    "In the shop's admin: **Settings → Notifications → Webhooks → Create webhook**. Choose the event, **JSON**, and the URL `{url}`. XML is refused.",
    'One webhook for each event: *Order creation*, *Order cancellation*, *Refund create* and *Dispute create* are a good start.',
    'Below the list stands the key they are signed with: it is `{variable}` here.',
  ],
  first:
    '**Send test** sends one with data that nobody would believe; Tidings says that it is a test: *Order paid in acme (test)*.',
};
