import type { Setup } from '../../model/plugin/setup.ts';

export const SETUP: Setup = {
  page: 'https://discord.com/developers/applications',
  secret: 'public key',
  steps: [
    'In the [Developer Portal](https://discord.com/developers/applications), your app, **General Information**: the **Public Key** is `{variable}` here. It is no secret, but nothing else is needed. Start Tidings with it.',
    '**Webhooks**: as **Endpoint** `{url}`. Discord greets it, and sends a wrong signature to see that it is refused. Switch **Events** on and choose them.',
    'Commands, buttons and forms: **General Information → Interactions Endpoint URL**, the same address or that of a source of its own. Only one program can answer interactions: Tidings says *Received.* to whoever typed a command, leaves messages as they are, and does nothing else. Who has a bot that answers leaves this out.',
  ],
  first: 'Save the address at Discord once Tidings runs with the key: Discord greets it at once.',
};
