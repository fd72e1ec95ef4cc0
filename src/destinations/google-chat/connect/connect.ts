import { HELLO_TEXT, HELLO_TITLE } from '../../keep-after-hello.ts';
import { webhookConnect } from '../../webhook-connect.ts';
import { cardOf } from '../render.ts';
import { WEBHOOK_VARIABLE, webhookProblem } from '../shapes.ts';
import { post } from '../webhook.ts';

const HELLO = cardOf([[`<b>${HELLO_TITLE}</b><br>${HELLO_TEXT}`]]);

export const connect = webhookConnect({
  title: 'Google Chat',
  type: 'google-chat',
  key: 'webhook_url',
  variable: WEBHOOK_VARIABLE,
  message: 'The webhook link (it does not show):',
  steps: [
    '1. Google Chat in a browser → the space → Apps & integrations → Webhooks → Add.',
    '2. Name it, Save, and copy the link.',
    '',
  ],
  problemOf: webhookProblem,
  hello: (talk, url) => post(url, { message: HELLO, key: null, thread: null }, talk.clock, { signal: talk.signal }),
});
