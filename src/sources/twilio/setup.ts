import type { Setup } from '../../model/plugin/setup.ts';

export const SETUP: Setup = {
  page: 'https://console.twilio.com',
  secret: 'auth token',
  steps: [
    'In the [Console](https://console.twilio.com), under **Account Info**, stands the **Auth Token**: it is `{variable}` here. Set [`PUBLIC_URL`](../configuration.md) too: Twilio signs the address that it calls. Start Tidings with both.',
    '**Messages that come in**: **Phone Numbers → Manage → Active numbers → your number → Messaging**, *A message comes in*: **Webhook**, `{url}`. For WhatsApp it stands with the sender.',
    '**What became of your messages**: the same address as `StatusCallback` of each message that you send, or under **Messaging → Services → your service → Integration → Delivery Status Callback**.',
    '**How calls went**: **your number → Voice**, *Call status changes*, and `StatusCallback` of the calls that you make. Not *A call comes in*: that asks what to say, Tidings answers with nothing, and Twilio hangs up.',
    '**Errors**: **Monitor → Logs → Error logs → Webhook**.',
  ],
  first: 'A message to your number.',
};
