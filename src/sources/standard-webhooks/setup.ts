import type { Setup } from '../../model/plugin/setup.ts';

export const SETUP: Setup = {
  who: 'whoever signs by Standard Webhooks',
  page: null,
  secret: 'signing secret',
  steps: [
    'At the sender, add an endpoint with the URL `{url}`. Where that is at Clerk, Resend, OpenAI, Anthropic and Svix, stands [in the list of senders](#senders).',
    'Choose the events.',
    'Copy the signing secret: it is `{variable}` here. It is the whole `whsec_…`, or of senders who sign with a private key the public one, `whpk_…`. Some show it once only.',
  ],
  first: "Most senders have a button for an example on the endpoint's page.",
};
