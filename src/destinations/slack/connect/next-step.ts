import type { Talk } from '../../../model/plugin/talk.ts';
import { linesToAdd } from './lines-to-add.ts';
import type { Connection, Setup } from './setup.ts';
import type { SlackSettings } from './slack-settings.ts';

/** What is still between the connection and a message, if anything, and what to type next. `settings` as they are now. */
export function nextStep({ talk, app }: Setup, connection: Connection, settings: SlackSettings): void {
  talk.say('');
  const lines = linesToAdd(connection, app, settings);
  if (lines.length > 0) {
    talk.say(`${headingOf(talk, connection, settings)}\n`);
    for (const line of lines) talk.say(`  ${line}`);
    talk.say('');
  }
  sayWhichWins(talk, connection, settings);
  talk.sayNext([
    ['start', 'if it does not run yet; if it does, it picks the change up by itself'],
    ['send issues.opened', 'a signed sample, posted to Slack'],
  ]);
}

function headingOf({ shortPath }: Talk, { way }: Connection, { ownDestinations: own }: SlackSettings): string {
  if (own === null) return 'What the bot does besides posting stands in tidings.yaml. Put this there:';
  const file = shortPath(own.path);
  const isKnown = way.kind === 'bot' && own.variables.includes('SLACK_BOT_TOKEN');
  if (isKnown) return `What the bot is to do besides is not in ${file} yet. Add this there:`;
  return `${file} has its own destinations. Add this one there, and name it in a rule's \`to\`:`;
}

/** Of two that are set where no file names any. */
function sayWhichWins({ say, err }: Talk, { way }: Connection, { ownDestinations: own, set }: SlackSettings): void {
  if (own !== null) return;
  if (way.kind === 'webhook' && set.botToken && set.channel) {
    say(
      `${err.yellow('Warning')}: SLACK_BOT_TOKEN and SLACK_CHANNEL are set too, and come before the webhook: remove them to use it.`,
    );
  } else if (way.kind === 'bot' && set.webhookUrl) {
    say('SLACK_WEBHOOK_URL is set too, and is not used: the bot comes before it.');
  }
}
