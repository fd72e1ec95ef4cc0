import { takeSecret } from '../../../model/plugin/keeping.ts';
import { isAtSlack, webhookProblem } from '../shapes.ts';
import { type Connection, type Setup } from './setup.ts';

const STEPS = [
  '1. https://api.slack.com/apps → Create New App → From scratch: a name, your workspace.',
  '2. Incoming Webhooks → switch on → Add New Webhook to Workspace → choose the channel → Allow.',
  '3. Copy the Webhook URL.',
  '',
];

/** An incoming webhook knows its channel and keeps it to itself. */
export async function takeWebhook(setup: Setup): Promise<Connection> {
  const url = await takeSecret(setup.talk, setup.piped, {
    variable: 'SLACK_WEBHOOK_URL',
    message: 'The Webhook URL (it does not show):',
    steps: STEPS,
    problemOf: webhookProblem,
  });
  if (!isAtSlack(url.reveal())) sayWhoseElse(setup);
  return {
    way: { kind: 'webhook', url },
    where: `the webhook's channel at ${new URL(url.reveal()).host}`,
    variables: { SLACK_WEBHOOK_URL: url.reveal(), ...(setup.settings.flavor !== null && { SLACK_FLAVOR: 'slack' }) },
  };
}

/** Their own form shows more, and lets no text call anybody. */
function sayWhoseElse({ talk: { say, invocation } }: Setup): void {
  say(`The host is not Slack's. Is it Mattermost, Rocket.Chat or Zulip? Then use ${invocation} connect mattermost,`);
  say('rocketchat or zulip: they make nothing of what Slack is sent.');
}
