import type { Setup } from '../../model/plugin/setup.ts';

export const SETUP: Setup = {
  page: null,
  secret: 'signing secret',
  steps: [
    'At the sender, add an endpoint with the URL `{url}`. Where its endpoints are: see [below](#senders).',
    'Choose the events.',
    'Copy the signing secret: it is `{variable}` here. It is the whole `whsec_…`, or of senders who sign with a private key the public one, `whpk_…`. Some show it once only.',
  ],
  first: "The endpoint's page mostly can send an example.",
};
