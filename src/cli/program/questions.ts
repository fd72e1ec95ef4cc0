import { type Command, Option } from 'commander';
import { EVENT_STATES } from '../../model/event.ts';
import { FATES } from '../../model/fate.ts';
import { type Context, untilStopped } from '../context.ts';
import { examples, json, whole } from './parts.ts';
import { strayWords } from './stray.ts';

export function addQuestions(program: Command, context: Context): void {
  const events = program
    .command('events')
    .description('list stored events, newest first; `events show ID` has everything about one')
    .addHelpText(
      'before',
      examples(context, [
        ['events --type pull_request --repo acme/api', ''],
        ['events --state failed --since 7d', ''],
        ['events --state dead', 'what was given up, and why'],
        ['events --json --limit 1000', 'one JSON object a line'],
        ['events show 42', 'headers, decision, attempts'],
      ]),
    )
    .addOption(
      new Option(
        '--state <state>',
        'only in this state, or with a message that is: dead is given up, held waits for quiet hours to end',
      ).choices([...EVENT_STATES, ...FATES]),
    )
    .option('--type <type>', 'only of this type: pull_request, or pull_request.opened')
    .option('--repo <owner/name>', 'only of this repository')
    .option('--since <time>', 'only since: 30m, 2h, 7d, or an ISO time')
    .option('--limit <n>', 'at most so many', whole('a limit', 1, Number.MAX_SAFE_INTEGER), 20)
    .addOption(json())
    .allowExcessArguments()
    .action(async (options, command: Command) => {
      if (command.args.length > 0) throw strayWords(context, 'events', 'show', command.args);
      await untilStopped(context, (await import('../commands/events.ts')).events(context, options));
    });
  events
    .command('show')
    .description('headers, decision, notifications and attempts of one event; its payload with --body')
    .argument('<id>', 'as `events` lists it')
    .addHelpText(
      'before',
      examples(context, [
        ['events show 42', ''],
        ['events show 42 --body', 'the payload too, indented'],
        ['events show 42 --raw > body.json', 'the stored bytes'],
      ]),
    )
    .option('--body', 'the body too')
    .option('--raw', 'only the body, byte for byte')
    .addOption(json())
    // The parent's --json may be read before this command is reached.
    .action(async (id, _options, command: Command) =>
      untilStopped(context, (await import('../commands/show.ts')).show(context, id, command.optsWithGlobals())),
    );
  program
    .command('explain')
    .description('why an event was, or was not, announced')
    .argument('<id>', 'as `events` lists it')
    .addHelpText(
      'before',
      examples(context, [
        ['explain 42', 'each rule, each condition, with what it saw'],
        ['explain 42 --activity', 'every field that `if:` can name'],
      ]),
    )
    .option('--activity', 'only the event as rules see it, as JSON')
    .addOption(json())
    .action(async (id, options) =>
      untilStopped(context, (await import('../commands/explain.ts')).explain(context, id, options)),
    );
}
