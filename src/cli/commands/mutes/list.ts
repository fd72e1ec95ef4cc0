import type { Command } from 'commander';
import type { Mute } from '../../../model/inbox/mutes.ts';
import { iso, isoOrNull } from '../../../shared/time-words.ts';
import { type Context, readConfig, untilStopped } from '../../context.ts';
import { examples, json } from '../../options.ts';
import { type Column, oneLine, table } from '../../table.ts';

interface MutesOptions {
  readonly json?: true;
}

const LISTED = 1_000;

const COLUMNS: readonly Column[] = [
  { title: 'Thread', flexible: true },
  { title: 'Not told' },
  { title: 'Until' },
  { title: 'By' },
];

export function define(command: Command, context: Context): void {
  command
    .description('list what is muted, where or for whom, until when, and by whom')
    .addHelpText(
      'before',
      examples(context, [
        ['mutes', ''],
        ['mutes --json', 'one JSON object a mute'],
      ]),
    )
    .addOption(json())
    .action((options: MutesOptions) => untilStopped(context, mutes(context, options)));
}

/** Reads only. */
async function mutes(context: Context, options: MutesOptions): Promise<void> {
  const { openDesk } = await import('../../../run/desk/open-desk.ts');
  await using opened = await openDesk(await readConfig(context), context.surroundings, 'read');
  const all = await opened.mutes(LISTED);
  if (options.json) {
    for (const each of all) await context.printJson(muteJson(each));
    return;
  }
  if (all.length > 0) await context.print(...table(COLUMNS, all.map(row), context.io.stdout.columns));
  else context.say('Nothing is muted.');
  if (all.length === LISTED) context.say(`These are the newest ${LISTED}.`);
}

function row({ thread, whom, until, by }: Mute): readonly string[] {
  return [oneLine(thread), oneLine(whom), until === null ? 'for good' : iso(until), oneLine(by)];
}

function muteJson({ thread, whom, until, by, at }: Mute) {
  return { thread, for: whom, until: isoOrNull(until), by, at: iso(at) };
}
