import type { Setup } from '../../model/plugin/setup.ts';

export const SETUP: Setup = {
  who: 'any other sender',
  page: null,
  secret: 'secret',
  steps: [
    'At the sender, set the URL `{url}`.',
    'Give it the secret, which is `{variable}` here.',
    "Look up in the sender's documentation how it proves itself, and [declare that](#how-it-proves-itself) in tidings.yaml.",
  ],
  first: 'Many senders have a button for a test.',
};
