import { HELLO_TEXT, HELLO_TITLE } from '../../keep-after-hello.ts';
import { webhookConnect } from '../../webhook-connect.ts';
import { messageOf } from '../card.ts';
import { WEBHOOK_VARIABLE, webhookProblem } from '../shapes.ts';
import { post } from '../webhook.ts';

const HELLO = messageOf({
  body: [
    { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: HELLO_TITLE, weight: 'Bolder' }] },
    { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: HELLO_TEXT }] },
  ],
});

export const connect = webhookConnect({
  title: 'Microsoft Teams',
  type: 'teams',
  key: 'webhook_url',
  variable: WEBHOOK_VARIABLE,
  message: 'The webhook link (it does not show):',
  steps: [
    '1. Teams → the channel → … → Workflows → "Send webhook alerts to a channel".',
    '2. Name it, choose the channel, Add workflow, Copy webhook link.',
    '3. At make.powerautomate.com add a second owner: a workflow ends with its owner’s account.',
    '',
  ],
  problemOf: webhookProblem,
  hello: (talk, url) => post(url, HELLO, talk.clock, { signal: talk.signal }),
});
