import type { Setup } from '../../model/plugin/setup.ts';

export const SETUP: Setup = {
  page: 'https://developer.paypal.com/dashboard/applications/live',
  secret: 'webhook ID',
  steps: [
    'At [developer.paypal.com](https://developer.paypal.com/dashboard/applications/live): **Apps & Credentials → your app → Webhooks → Add Webhook**, with the URL `{url}`. PayPal calls `https` on port 443 alone.',
    'Choose the events. Fewer are better: **Payment capture** (completed, denied, refunded, reversed), **Customer dispute**, **Billing subscription** are a good start. Who still uses the first version of the API gets **Payment sale** instead.',
    'Copy the **Webhook ID** beside the URL: it is `{variable}` here. PayPal signs it with each event; there is no other secret.',
  ],
  first: 'A payment in the sandbox. The **Webhooks Simulator** signs for no webhook of yours, and is refused.',
};
