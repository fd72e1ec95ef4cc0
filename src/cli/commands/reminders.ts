import type { Command } from 'commander';
import type { Reminded, WaitingPull } from '../../model/reminder.ts';
import type { ReminderNow } from '../../run/reminders/reminders-now.ts';
import { iso, isoOrNull, span } from '../../shared/time-words.ts';
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

/** What it says to all, then to each alone, and who is left out. */
function saidLines({ name, to, saying, said }: ReminderNow, { out }: Context): readonly string[] {
  const left = Object.entries(saying?.left ?? {}).map(([who, why]) => `${who} (${why})`);
  const blocks = said.map((each) => [
    ...(each.to === null ? [] : [out.bold(`to @${oneLine(each.to)}`)]),
    // Behind two spaces a line that is folded goes on.
    ...each.lines.map((line) => oneLine(line).replace(/^- /, '-  ')),
  ]);
  return [
    out.bold(`${name} → ${to.join(', ')}`),
    ...(saying === null ? ['Nothing waits: it would say nothing.'] : []),
    ...blocks.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines])),
    ...(left.length > 0 ? ['', oneLine(`Not told: ${left.join(', ')}`)] : []),
    '',
  ];
}

function reminderLines({ name, to, nextAt, next, last }: ReminderNow, { out, clock }: Context): readonly string[] {
  const when = nextAt === null ? 'never' : `${next}, in ${span(nextAt - clock.now())}`;
  return [
    out.bold(name),
    `  to    ${to.join(', ')}`,
    `  next  ${when}`,
    `  last  ${last === null ? 'none' : `${last.due}, ${outcomeWords(last)}`}`,
  ];
}

function outcomeWords({ outcome, detail }: NonNullable<ReminderNow['last']>): string {
  if (outcome === null) return 'begun';
  return oneLine(detail ? `${outcome}: ${detail}` : outcome);
}

function reminderJson({ name, to, nextAt, last, saying }: ReminderNow, says: boolean) {
  return {
    name,
    to,
    next_at: isoOrNull(nextAt),
    last: last && { due_at: iso(last.dueAt), outcome: last.outcome, detail: last.detail },
    ...(says && {
      would_say: saying && {
        ...remindedJson(saying.whole),
        alone: Object.fromEntries(
          saying.parts.flatMap(({ reminded }) =>
            reminded.to === undefined ? [] : [[reminded.to, remindedJson(reminded)]],
          ),
        ),
        not_told: saying.left,
      },
    }),
  };
}

function remindedJson({ total, people, pulls }: Reminded) {
  return { total, people: Object.fromEntries(people), pulls: pulls.map(pullJson) };
}

function pullJson({ since, ...pull }: WaitingPull) {
  return { ...pull, since: iso(since) };
}
