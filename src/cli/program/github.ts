import { type Command, Option } from 'commander';
import { type Context, untilStopped } from '../context.ts';
import { examples, json, whole } from './parts.ts';

export function addGithub(program: Command, context: Context): void {
  const github = program
    .command('github')
    .description('connect GitHub')
    .addHelpText('before', examples(context, [['github connect acme/api', 'make the webhook that calls here']]));
  github
    .command('connect')
    .description('make the webhook that calls here, and wait for its ping; --check and --update one that is there')
    .argument('<owner/repo | org>', 'such as acme/api, or acme')
    .addHelpText(
      'before',
      examples(context, [
        ['github connect acme/api', 'needs GITHUB_TOKEN or gh; without, says what to paste'],
        ['github connect acme --url https://tidings.example.org --yes', "an organisation's; asks nothing"],
        ['github connect acme/api --check', 'changes nothing'],
        ['github connect acme/api --update', 'mends it, secret and all'],
      ]),
    )
    .option('--url <url>', 'where GitHub reaches this server (default: PUBLIC_URL, else the open tunnel)')
    .option('--source <name>', 'which source it calls, where there are several')
    .addOption(new Option('--check', 'hold the webhook against what the rules need').conflicts(['update', 'yes']))
    .option('--update', 'mend the webhook, set the secret again, and ping it')
    .option('--yes', 'do not ask before changing anything')
    .option('--wait <seconds>', 'for the ping (default: 30)', whole('a number of seconds', 1, 3_600))
    .addOption(json())
    .addHelpText(
      'after',
      '\nThe token may: of a repository "Webhooks: read and write" (classic: admin:repo_hook), of an organisation the same (admin:org_hook).',
    )
    .action(async (target, options) =>
      untilStopped(context, (await import('../commands/github-connect.ts')).githubConnect(context, target, options)),
    );
}
