import type { Command } from 'commander';
import { define } from '../commands/verify.ts';
import { type Context, untilStopped } from '../context.ts';
import { collect, examples, json, whole } from './parts.ts';

export function addTrials(program: Command, context: Context): void {
  addTest(program, context);
  addBacktest(program, context);
  define(program.command('verify'), context);
  program
    .command('listen')
    .description('print every request with headers and payload, verified or not; store nothing')
    .addHelpText(
      'before',
      examples(context, [
        ['listen', ''],
        ['listen --port 3100 --json', 'one JSON object a line'],
      ]),
    )
    .option('--port <port>', 'listen here instead of at PORT', whole('a port', 0, 65_535))
    .addOption(json())
    .action(async (options) => (await import('../commands/listen.ts')).listen(context, options));
  program
    .command('send')
    .description('send really signed sample deliveries to a running receiver')
    .argument('[event.action]', 'such as issues.opened, pull_request.merged, star.created, ping')
    .addHelpText(
      'before',
      examples(context, [
        ['send pull_request.opened', ''],
        ['send issues.opened --set issue.title="Payments fail"', 'change the payload'],
        ['send star.created --count 1000', 'a burst: posted as digests'],
        ['send push --dry-run', 'look at the request only'],
      ]),
    )
    .option('--to <url>', 'the receiver (default: the one configured here)')
    .option('--set <path=value>', 'change the payload; may be repeated', collect)
    .option('--count <n>', 'how many different ones', whole('a count', 1, 1_000_000), 1)
    .option('--secret-env <NAME>', 'sign with the secret in this environment variable')
    .option('--dry-run', 'print the request, send nothing')
    .addOption(json())
    .action(async (name, options) => (await import('../commands/send.ts')).send(context, name, options));
}

function addTest(program: Command, context: Context): void {
  program
    .command('test')
    .description('run the tests written in tidings.yaml: where would each event be posted? send nothing')
    .addHelpText(
      'before',
      examples(context, [
        ['test', ''],
        ['test --config new.yaml', 'before it is put in place'],
        ['test --json', 'one JSON object a test'],
      ]),
    )
    .option('--config <file>', 'the tests and rules of this file')
    .addOption(json())
    .action(async (options) =>
      untilStopped(context, (await import('../commands/rule-tests.ts')).ruleTests(context, options)),
    );
}

function addBacktest(program: Command, context: Context): void {
  program
    .command('backtest')
    .description('what another configuration would have posted of the stored events; send nothing')
    .addHelpText(
      'before',
      examples(context, [
        ['backtest --config new.yaml', 'the last seven days'],
        ['backtest --config new.yaml --since 30d --limit 10000', ''],
        ['backtest --config new.yaml --json', 'one JSON object for each event that changes'],
      ]),
    )
    .requiredOption('--config <file>', 'the configuration to compare with the one in force')
    .option('--since <time>', 'events since: 30m, 2h, 7d, or an ISO time', '7d')
    .option('--limit <n>', 'at most so many events, the newest', whole('a limit', 1, Number.MAX_SAFE_INTEGER))
    .addOption(json())
    .action(async (options) =>
      untilStopped(context, (await import('../commands/backtest.ts')).backtest(context, options)),
    );
}
