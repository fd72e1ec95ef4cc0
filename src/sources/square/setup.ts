import type { Setup } from '../../model/plugin/setup.ts';

export const SETUP: Setup = {
  page: 'https://developer.squareup.com/apps',
  secret: 'signature key',
  steps: [
    'Set `PUBLIC_URL` here, to where the world reaches Tidings: Square signs the URL that it calls.',
    "In Square's [Developer Console](https://developer.squareup.com/apps): your application → **Webhooks → Subscriptions → Add subscription**, with the URL `{url}`, to the letter and without a slash behind it.",
    'Choose the events: `payment.created`, `payment.updated`, `refund.created`, `refund.updated`, `dispute.created`, `dispute.state.updated`, `invoice.payment_made`, `invoice.scheduled_charge_failed`, `payout.failed` are a good start, and what Tidings posts if you write no rules.',
    '**Show** the signature key of the subscription: it is `{variable}` here.',
  ],
  first: "**Send test event** on the subscription's page; it is told as *Test event received*.",
};
