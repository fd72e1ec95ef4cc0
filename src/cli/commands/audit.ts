import type { Command } from 'commander';
import { auditedJson } from '../../http/audited-json.ts';
import type { Audited } from '../../model/inbox/audits.ts';
import { iso } from '../../shared/time-words.ts';
import { type Context, readConfig, untilStopped } from '../context.ts';
import { examples, json } from '../options.ts';
import { parseSince } from '../since.ts';
import { oneLine } from '../table.ts';

interface AuditOptions {
  readonly since: string;
  readonly json?: true;
}

const LISTED = 1_000;

export function define(command: Command, context: Context): void {
  command
    .description('list who muted what, asked why, or was refused, newest first')
    .addHelpText(
      'before',
      examples(context, [
        ['audit', 'the last seven days'],
        ['audit --since 2h', ''],
        ['audit --json', 'one JSON object an entry'],
      ]),
    )
    .option('--since <time>', 'such as 2h, 7d or 2026-11-23T10:00:00Z', '7d')
    .addOption(json())
    .action((options: AuditOptions) => untilStopped(context, audit(context, options)));
}

/** Reads only. */
async function audit(context: Context, options: AuditOptions): Promise<void> {
  const since = parseSince(options.since, context.clock.now());
  const { openDesk } = await import('../../run/desk/open-desk.ts');
  await using opened = await openDesk(await readConfig(context), context.surroundings, 'read');
  const all = await opened.audited(since, LISTED);
  for (const each of all) await (options.json ? context.printJson(auditedJson(each)) : context.print(line(each)));
  if (options.json) return;
  if (all.length === 0) context.say(`Nobody asked or changed anything here since ${iso(since)}.`);
  if (all.length === LISTED) context.say(`These are the newest ${LISTED}: --since a later time lists fewer.`);
}

function line({ at, who, from, what, about, outcome }: Audited): string {
  return `${iso(at)}  ${oneLine(`${who}, ${from}: ${what}${about === null ? '' : ` ${about}`} · ${outcome}`)}`;
}
