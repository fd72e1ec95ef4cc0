import { type Command, Option } from 'commander';
import type { Context } from '../context.ts';
import { examples } from './parts.ts';

export function addSlack(program: Command, context: Context): void {
  const slack = program
    .command('slack')
    .description('connect Slack')
    .addHelpText('before', examples(context, [['slack connect', 'a webhook or a bot, kept in .env']]));
  slack
    .command('connect')
    .description('take a webhook or a bot token, post a hello, keep it in .env')
    .addHelpText(
      'before',
      examples(context, [
        ['slack connect', 'asks for what it needs'],
        ['slack connect --bot --channel "#releases"', 'asks for the token only'],
        ['slack connect --webhook < webhook.txt', 'asks nothing'],
      ]),
    )
    .addOption(new Option('--webhook', 'through an incoming webhook').conflicts(['bot', 'channel']))
    .option('--bot', 'with a bot token')
    .option('--channel <channel>', "the bot's channel: its name or id")
    .option('--replace', 'put it in the place of another that .env holds')
    .option('--no-hello', 'post nothing')
    .option('--dry-run', 'check and say what would be done; post and write nothing')
    .addHelpText(
      'after',
      '\nNo secret is an option: it is pasted at a prompt, piped in, or set as SLACK_WEBHOOK_URL or SLACK_BOT_TOKEN.',
    )
    .action(async (options) => (await import('../commands/slack-connect.ts')).slackConnect(context, options));
}
