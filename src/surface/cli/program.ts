import { Command, InvalidArgumentError, Option } from 'commander';
import { EVENT_STATES } from '../../model/event.ts';
import { type Context, untilStopped } from './context.ts';
import { REPLAY_STATES } from './replay-states.ts';

/**
 * The command line as a table of contents. Each command imports its own file when it runs, so that `start` loads no other.
 * Commander reads the flags; all text goes through the context's outputs.
 */
export function createProgram(context: Context): Command {
  const program = new Command('tidings')
    .description('Tells GitHub activity where your team reads it, and keeps every event.')
    .version(context.app.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('before', examples(context, ROOT_EXAMPLES))
    .addHelpText(
      'after',
      `\nAny command: ${context.app.invocation} <command> --help. Settings: environment and tidings.yaml.`,
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.io.stdout.write(text),
      writeErr: (text) => context.io.stderr.write(text),
      getOutHelpWidth: () => Math.max(80, context.io.stdout.columns),
      getErrHelpWidth: () => Math.max(80, context.io.stderr.columns),
      getOutHasColors: () => context.io.stdout.isTTY && !context.io.noColor,
      getErrHasColors: () => context.io.stderr.isTTY && !context.io.noColor,
      outputError: (text, write) => write(text.replace(/^error: /, 'Error: ')),
    });
  addServers(program, context);
  addTrials(program, context);
  addQuestions(program, context);
  addCare(program, context);
  return program;
}

const ROOT_EXAMPLES = [
  ['start', 'receive webhooks, decide, and tell'],
  ['send pull_request.opened', 'a signed sample, from another terminal'],
  ['events --since 2h', 'what arrived lately'],
  ['explain 42', 'why event 42 was, or was not, announced'],
  ['doctor', 'check this installation'],
] as const;

function addServers(program: Command, context: Context): void {
  const servers = [
    { name: 'start', role: 'both', says: 'receive and work in one process' },
    { name: 'receive', role: 'receive', says: 'only receive: store events and answer' },
    { name: 'work', role: 'work', says: 'only work: decide and tell what is stored; start as many as you like' },
  ] as const;
  for (const { name, role, says } of servers) {
    program
      .command(name)
      .description(says)
      .addHelpText('before', examples(context, [[name, 'until Ctrl-C or SIGTERM']]))
      .action(async () => (await import('./commands/start.ts')).start(context, role));
  }
}

function addTrials(program: Command, context: Context): void {
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
    .action(async (options) => (await import('./commands/listen.ts')).listen(context, options));
  program
    .command('send')
    .description('send really signed sample deliveries to a running receiver')
    .argument('<event.action>', 'such as issues.opened, pull_request.merged, star.created, ping')
    .addHelpText(
      'before',
      examples(context, [
        ['send pull_request.opened', ''],
        ['send issues.opened --set issue.title="Payments fail"', 'change the payload'],
        ['send star.created --count 1000', 'a burst: told in digests'],
        ['send push --dry-run', 'look at the request only'],
      ]),
    )
    .option('--to <url>', 'the receiver (default: the one configured here)')
    .option('--set <path=value>', 'change the payload; may be repeated', collect)
    .option('--count <n>', 'how many different ones', whole('a count', 1, 1_000_000), 1)
    .option('--secret-env <NAME>', 'sign with the secret in this environment variable')
    .option('--dry-run', 'print the request, send nothing')
    .addOption(json())
    .action(async (name, options) => (await import('./commands/send.ts')).send(context, name, options));
}

function addQuestions(program: Command, context: Context): void {
  const events = program
    .command('events')
    .description('list stored events, newest first; `events show ID` has everything about one')
    .addHelpText(
      'before',
      examples(context, [
        ['events --type pull_request --repo acme/api', ''],
        ['events --state failed --since 7d', ''],
        ['events --json --limit 1000', 'one JSON object a line'],
        ['events show 42', 'headers, payload, decision, attempts'],
      ]),
    )
    .addOption(new Option('--state <state>', 'only in this state').choices(EVENT_STATES))
    .option('--type <type>', 'only of this type: pull_request, or pull_request.opened')
    .option('--repo <owner/name>', 'only of this repository')
    .option('--since <time>', 'only since: 30m, 2h, 7d, or an ISO time')
    .option('--limit <n>', 'at most so many', whole('a limit', 1, 1_000_000), 20)
    .addOption(json())
    .action(async (options) => untilStopped(context, (await import('./commands/events.ts')).events(context, options)));
  events
    .command('show')
    .description('headers, payload, decision, notifications and attempts of one event')
    .argument('<id>', 'as `events` lists it')
    .addHelpText(
      'before',
      examples(context, [
        ['events show 42', ''],
        ['events show 42 --raw > body.json', 'the stored bytes'],
      ]),
    )
    .option('--raw', 'only the body, byte for byte')
    .addOption(json())
    // The parent's --json may be read before this command is reached.
    .action(async (id, _options, command: Command) =>
      untilStopped(context, (await import('./commands/show.ts')).show(context, id, command.optsWithGlobals())),
    );
  program
    .command('explain')
    .description('why an event was, or was not, announced')
    .argument('<id>', 'as `events` lists it')
    .addHelpText('before', examples(context, [['explain 42', 'each rule, each condition, with what it saw']]))
    .addOption(json())
    .action(async (id, options) =>
      untilStopped(context, (await import('./commands/explain.ts')).explain(context, id, options)),
    );
}

function addCare(program: Command, context: Context): void {
  program
    .command('replay')
    .description('decide and tell again: named events, or all in a state')
    .argument('[id...]', 'events, as `events` lists them')
    .addHelpText(
      'before',
      examples(context, [
        ['replay 42 43', ''],
        ['replay --state failed --dry-run', 'which would it be?'],
        ['replay --state dead', 'tell again what a destination refused'],
      ]),
    )
    .addOption(
      new Option('--state <state>', 'all in this state; dead and unknown mean notifications').choices(REPLAY_STATES),
    )
    .option('--dry-run', 'only list what would be replayed')
    .addOption(json())
    .action(async (ids, options) =>
      untilStopped(context, (await import('./commands/replay.ts')).replay(context, ids, options)),
    );
  addPoll(program, context);
  addRecover(program, context);
  program
    .command('doctor')
    .description('check configuration, database, disk, worker and receiver; change nothing')
    .addHelpText(
      'before',
      examples(context, [
        ['doctor', ''],
        ['doctor --json', 'one JSON object a check'],
      ]),
    )
    .addOption(json())
    .action(async (options) => untilStopped(context, (await import('./commands/doctor.ts')).doctor(context, options)));
  program
    .command('config')
    .description('print the resolved configuration, secrets redacted')
    .addHelpText(
      'before',
      examples(context, [
        ['config', 'as YAML'],
        ['config --json', ''],
      ]),
    )
    .addOption(json())
    .action(async (options) => untilStopped(context, (await import('./commands/config.ts')).config(context, options)));
}

function addPoll(program: Command, context: Context): void {
  program
    .command('poll')
    .description('ask GitHub for what happens in a repository, where no webhook can be; tells it like start')
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
    .action(async (repo, options) => (await import('./commands/poll.ts')).poll(context, repo, options));
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
      untilStopped(context, (await import('./commands/recover.ts')).recover(context, repo, options)),
    );
}

function json(): Option {
  return new Option('--json', 'JSON lines on stdout');
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function whole(what: string, least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It is not ${what}: a whole number from ${least} to ${most}.`);
  };
}

function examples(context: Context, list: readonly (readonly [command: string, says: string])[]): string {
  const commands = list.map(([command, says]) => [`${context.app.invocation} ${command}`, says] as const);
  const width = Math.max(...commands.map(([command]) => command.length));
  return `Examples:\n${commands.map(([command, says]) => `  $ ${command.padEnd(width)}  ${says}`.trimEnd()).join('\n')}\n`;
}
