import type { Command } from 'commander';
import type { ReminderNow } from '../../run/reminders/reminders-now.ts';
import { iso, isoOrNull } from '../../shared/time-words.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { type Context, readConfig, untilStopped } from '../context.ts';
import { examples, json } from '../options.ts';
import { oneLine } from '../table.ts';

interface RemindersOptions {
  readonly dryRun?: true;
  readonly json?: true;
}

export function define(command: Command, context: Context): void {
  command
    .description('list the reminders: when each is due next, whom it tells, and what became of it last')
    .argument('[name]', 'only this one')
    .addHelpText(
      'before',
      examples(context, [
        ['reminders', ''],
        ['reminders --dry-run', 'what would they say now?'],
        ['reminders --json', 'one JSON object a reminder'],
      ]),
    )
    .option('--dry-run', 'print what would be said now, post nothing')
    .addOption(json())
    .action((name: string | undefined, options: RemindersOptions) =>
      untilStopped(context, reminders(context, name, options)),
    );
}

/** Reads only. @throws CliError where there is no such reminder */
async function reminders(context: Context, name: string | undefined, options: RemindersOptions): Promise<void> {
  const config = await readConfig(context);
  const asked = config.reminders.filter((each) => name === undefined || each.name === name);
  if (name !== undefined && asked.length === 0) {
    const known = config.reminders.map((each) => each.name).join(', ') || 'none';
    throw new CliError(EXIT.notFound, `There is no reminder "${oneLine(name)}". Configured: ${known}.`);
  }
  if (asked.length === 0) {
    context.say('No reminders are configured: they go into `reminders` of tidings.yaml.');
    return;
  }
  const { remindersNow } = await import('../../run/reminders/reminders-now.ts');
  for (const each of await remindersNow({ ...config, reminders: asked }, context.clock.now())) {
    if (options.json) await context.printJson(reminderJson(each, options.dryRun === true));
    else await context.print(...(options.dryRun ? saidLines(each, context) : reminderLines(each, context)));
  }
  if (options.dryRun && !options.json) context.say('Dry run: nothing was posted.');
}

function saidLines({ name, to, lines }: ReminderNow, { out }: Context): readonly string[] {
  const said = lines.length === 0 ? ['Nothing waits: it would say nothing.'] : lines.map((line) => oneLine(line));
  return [out.bold(`${name} → ${to.join(', ')}`), ...said, ''];
}

function reminderLines({ name, to, nextAt, last }: ReminderNow, { out }: Context): readonly string[] {
  return [
    out.bold(name),
    `  to    ${to.join(', ')}`,
    `  next  ${nextAt === null ? 'never' : iso(nextAt)}`,
    `  last  ${last === null ? 'none' : `${iso(last.dueAt)} ${outcomeWords(last)}`}`,
  ];
}

function outcomeWords({ outcome, detail }: NonNullable<ReminderNow['last']>): string {
  if (outcome === null) return 'begun';
  return oneLine(detail ? `${outcome}: ${detail}` : outcome);
}

function reminderJson({ name, to, nextAt, last, reminded }: ReminderNow, says: boolean) {
  return {
    name,
    to,
    next_at: isoOrNull(nextAt),
    last: last && { due_at: iso(last.dueAt), outcome: last.outcome, detail: last.detail },
    ...(says && {
      would_say: reminded && {
        total: reminded.total,
        people: Object.fromEntries(reminded.people),
        pulls: reminded.pulls.map(pullJson),
      },
    }),
  };
}

function pullJson({ since, ...pull }: NonNullable<ReminderNow['reminded']>['pulls'][number]) {
  return { ...pull, since: iso(since) };
}
