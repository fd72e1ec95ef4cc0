import type { Setup } from '../../model/plugin/setup.ts';

export const SETUP: Setup = {
  page: 'https://app.datadoghq.com/integrations/webhooks',
  secret: 'secret',
  steps: [
    'In Datadog: **Integrations → Webhooks → New**. Name it `tidings`; the URL is `{url}`.',
    '**Custom Headers**: `{"X-Webhook-Token": "…"}`, with the secret, which is `{variable}` here. Put it into a hidden **custom variable**, so that not everybody who may read webhooks reads it: `{"X-Webhook-Token": "$TIDINGS_TOKEN"}`.',
    '**Payload**: the template [on its page](#the-payload). Without one, Datadog sends its own, which is told too, but says less.',
    "In each monitor's message: `@webhook-tidings`. What else is written there, Tidings posts without the `@` names.",
  ],
  first: '**Test Notifications**, in a monitor that names `@webhook-tidings`.',
};
