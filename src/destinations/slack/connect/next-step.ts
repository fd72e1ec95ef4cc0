import type { Talk } from '../../../model/plugin/talk.ts';
import type { Connection } from './setup.ts';
import type { SlackSettings } from './slack-settings.ts';

/** What is still between the connection and a message, if anything, and what to type next. `settings` as they are now. */
export function nextStep(talk: Talk, connection: Connection, settings: SlackSettings): void {
  const { err } = talk;
  const { ownDestinations: own, set } = settings;
  const [variable = ''] = Object.keys(connection.variables);
  talk.say('');
  if (own !== null && !own.variables.includes(variable)) {
    const file = talk.shortPath(own.path);
    talk.say(`${file} has its own destinations. Add this one there, and name it in a rule's \`to\`:\n`);
    for (const line of linesFor(connection, own.names)) talk.say(`  ${line}`);
    talk.say('');
  } else if (own === null && connection.way.kind === 'webhook' && set.botToken && set.channel) {
    talk.say(
      `${err.yellow('Warning')}: SLACK_BOT_TOKEN and SLACK_CHANNEL are set too, and come before the webhook: remove them to use it.`,
    );
  } else if (own === null && connection.way.kind === 'bot' && set.webhookUrl) {
    talk.say('SLACK_WEBHOOK_URL is set too, and is not used: the bot comes before it.');
  }
  talk.sayNext([
    ['start', 'if it does not run yet; if it does, it picks the change up by itself'],
    ['send issues.opened', 'a signed sample, posted to Slack'],
  ]);
}

function linesFor({ way }: Connection, taken: readonly string[]): readonly string[] {
  let name = 'slack';
  for (let n = 2; taken.includes(name); n++) name = `slack-${n}`;
  const settings =
    way.kind === 'webhook'
      ? 'webhook_url: "${SLACK_WEBHOOK_URL}"'
      : 'token: "${SLACK_BOT_TOKEN}", channel: "${SLACK_CHANNEL}"';
  return ['destinations:', `  ${name}: { type: slack, ${settings} }`];
}
