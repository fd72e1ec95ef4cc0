import type { Setup } from '../../model/plugin/setup.ts';

export const SETUP: Setup = {
  page: 'https://dashboard.stripe.com/webhooks',
  secret: 'signing secret',
  steps: [
    "In Stripe's dashboard: **Developers → Webhooks → Add destination**. Events of **your account**; a platform that wants to hear of its connected accounts makes a second one for those.",
    'Choose the events. Fewer are better: `charge.succeeded`, `charge.failed`, `charge.refunded`, `charge.dispute.created`, `charge.dispute.closed`, `customer.subscription.created`, `customer.subscription.deleted`, `payout.failed` are a good start, and what Tidings posts if you write no rules.',
    '**Webhook endpoint**, with the URL `{url}`.',
    '**Reveal** the signing secret, the whole `whsec_…`: it is `{variable}` here.',
  ],
  first: 'A payment in test mode, or `stripe trigger charge.succeeded`.',
};
