import type { AppSettings } from './app-manifest.ts';
import type { Connection, Setup } from './setup.ts';
import type { SlackSettings } from './slack-settings.ts';

/** What is still between the connection and a message, if anything, and what to type next. `settings` as they are now. */
export function nextStep({ talk, app }: Setup, connection: Connection, settings: SlackSettings): void {
  const { err } = talk;
  const { ownDestinations: own, set } = settings;
  const [variable = ''] = Object.keys(connection.variables);
  talk.say('');
  if (own !== null && !own.variables.includes(variable)) {
    const file = talk.shortPath(own.path);
    talk.say(`${file} has its own destinations. Add this one there, and name it in a rule's \`to\`:\n`);
    for (const line of linesFor(connection, app, own.names)) talk.say(`  ${line}`);
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

function linesFor({ way }: Connection, { features }: AppSettings, taken: readonly string[]): readonly string[] {
  const lines: string[] = ['destinations:'];
  const add = (wanted: string, settings: string) => {
    let name = wanted;
    for (let n = 2; taken.includes(name); n++) name = `${wanted}-${n}`;
    lines.push(`  ${name}: { type: slack, ${settings} }`);
  };
  if (way.kind === 'webhook') {
    add('slack', 'webhook_url: "${SLACK_WEBHOOK_URL}"');
    return lines;
  }
  const token = 'token: "${SLACK_BOT_TOKEN}"';
  const answers = features.has('answers');
  const card = `${features.has('cards') ? ', card: true' : ''}${answers ? ', menu: true' : ''}`;
  add('slack', `${token}, channel: "\${SLACK_CHANNEL}"${card}`);
  if (features.has('direct')) add('people', `${token}, direct: true`);
  if (!answers) return lines;
  add('answers', `${token}, answers: slack`);
  return [...lines, 'sources:', '  slack: { provider: slack, app_token: "${SLACK_APP_TOKEN}" }'];
}
