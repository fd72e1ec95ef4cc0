import { type Command, Option } from 'commander';
import { type Context, untilStopped } from '../context.ts';
import { REPLAY_STATES } from '../replay-states.ts';
import { examples, json, whole } from './parts.ts';

export function addCare(program: Command, context: Context): void {
  program
    .command('replay')
    .description('decide and post again: named events, or all in a state')
    .argument('[id...]', 'events, as `events` lists them')
    .addHelpText(
      'before',
      examples(context, [
        ['replay 42 43', ''],
        ['replay --state failed --dry-run', 'which would it be?'],
        ['replay --state dead', 'post again what a destination refused'],
      ]),
    )
    .addOption(
      new Option('--state <state>', 'all in this state; dead and unknown mean notifications').choices(REPLAY_STATES),
    )
    .option('--dry-run', 'only list what would be replayed')
    .addOption(json())
    .action(async (ids, options) =>
      untilStopped(context, (await import('../commands/replay.ts')).replay(context, ids, options)),
    );
  addPoll(program, context);
  addRecover(program, context);
  program
    .command('doctor')
    .description('check configuration, database, disk, worker, receiver, Slack and GitHub; change nothing')
    .addHelpText(
      'before',
      examples(context, [
        ['doctor', ''],
        ['doctor --prod', 'where it is deployed: also the public address, the volume, the clock'],
        ['doctor --json', 'one JSON object a check'],
      ]),
    )
    .option('--prod', 'hold it to what a deployed server needs')
    .addOption(json())
    .action(async (options) => untilStopped(context, (await import('../commands/doctor.ts')).doctor(context, options)));
  program
    .command('config')
    .description('print the resolved configuration, secrets redacted')
    .addHelpText(
      'before',
      examples(context, [
        ['config', 'as YAML'],
        ['config --json', ''],
        ['config --schema > tidings.schema.json', 'what tidings.yaml may hold, for an editor'],
      ]),
    )
    .option('--schema', 'print the JSON Schema of tidings.yaml instead')
    .addOption(json())
    .action(async (options) => untilStopped(context, (await import('../commands/config.ts')).config(context, options)));
}

function addPoll(program: Command, context: Context): void {
  program
    .command('poll')
    .description('ask GitHub for what happens in a repository, where no webhook can be; posts it like start')
    .argument('<owner/repo>', 'such as acme/api')
    .addHelpText(
      'before',
      examples(context, [
        ['poll acme/api', 'from now on; set GITHUB_TOKEN for private ones, and for more than 60 requests an hour'],
        ['poll acme/api --since 1d --once', 'one look back'],
        ['poll acme/api --report', 'what it cost and how late it was, beside webhooks'],
      ]),
    )
    .option(
      '--interval <seconds>',
      'between two questions; GitHub may ask for more',
      whole('a number of seconds', 1, 86_400),
      60,
    )
    .option('--since <time>', 'also what happened since: 30m, 2h, 7d, or an ISO time')
    .option('--once', 'ask once, tell, end')
    .option('--report', 'print the figures every 10 minutes and at the end')
    .addOption(new Option('--json', 'the figures as JSON'))
    .action(async (repo, options) => (await import('../commands/poll.ts')).poll(context, repo, options));
}

function addRecover(program: Command, context: Context): void {
  program
    .command('recover')
    .description('get what GitHub could not deliver here in the last three days')
    .argument('[owner/repo]', 'whose webhook; or --org, or --app')
    .addHelpText(
      'before',
      examples(context, [
        ['recover acme/api', 'needs GITHUB_TOKEN'],
        ['recover --org acme --dry-run', 'what is missing?'],
        ['recover acme/api --fetch', 'where GitHub cannot reach this server'],
      ]),
    )
    .option('--org <name>', "an organisation's webhook")
    .option('--app', "a GitHub App's webhook; GITHUB_TOKEN is its JSON web token")
    .option('--hook <id>', 'this webhook, where several call here', whole('a number', 1, Number.MAX_SAFE_INTEGER))
    .option('--fetch', 'read the payloads instead of asking GitHub to redeliver')
    .option('--dry-run', 'only list what was missed')
    .addOption(json())
    .action(async (repo, options) =>
      untilStopped(context, (await import('../commands/recover.ts')).recover(context, repo, options)),
    );
}
