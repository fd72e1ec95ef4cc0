import { type Command, Option } from 'commander';
import type { ReplaySelection } from '../../model/inbox/archive.ts';
import { plural } from '../../shared/time-words.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { type Context, notFound, parseId, untilStopped, withArchive } from '../context.ts';
import { examples, json } from '../options.ts';
import { audit } from './lanes/shared.ts';
import { preview, untoldFate } from './replay/preview.ts';
import { REPLAY_STATES } from './replay/replay-states.ts';

/** Longest selection that the audit list shows. */
const ABOUT_LENGTH = 300;

interface ReplayOptions {
  readonly state?: (typeof REPLAY_STATES)[number];
  readonly to?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

export function define(command: Command, context: Context): void {
  command
    .description('decide and post again: named events, or all in a state')
    .argument('[id...]', 'events, as `events` lists them')
    .addHelpText(
      'before',
      examples(context, [
        ['replay 42 43', ''],
        ['replay --state failed --dry-run', 'which would it be?'],
        ['replay --state dead', 'post again what a destination refused'],
        ['replay --state dead --to team', 'only that destination'],
      ]),
    )
    .addOption(
      new Option('--state <state>', 'all in this state; dead and unknown mean notifications').choices(REPLAY_STATES),
    )
    .option('--to <name>', 'with --state dead or unknown: only what was for this destination')
    .option('--dry-run', 'only list what would be replayed')
    .addOption(json())
    .action((ids: readonly string[], options: ReplayOptions) => untilStopped(context, replay(context, ids, options)));
}

/** Puts events (or dead notifications) back to work. What exists is done even if other ids do not exist. */
async function replay(context: Context, idTexts: readonly string[], options: ReplayOptions): Promise<void> {
  const selection = select(idTexts, options);
  const dryRun = options.dryRun === true;
  const { ids, gone } = await withArchive(
    context,
    async (archive) => {
      const found = await archive.replay(selection, { dryRun });
      if (dryRun) await preview(context, archive, { ids: found, selection, json: options.json === true });
      else if (found.length > 0) {
        const outcome = plural(found.length, 'event');
        await audit(context, archive, { what: 'replay', about: aboutOf(selection), outcome });
      }
      const isAll = 'ids' in selection && found.length === selection.ids.length;
      return { ids: found, gone: isAll ? [] : await archive.bodiless(selection) };
    },
    dryRun ? 'read' : 'write',
  );
  if (!dryRun)
    for (const id of ids) await (options.json ? context.printJson({ id, dry_run: false }) : context.print(String(id)));
  context.say(summary(ids.length, selection, dryRun));
  if (!('ids' in selection)) {
    if (gone.length > 0) context.say(`Left out: ${goneWords(gone)}`);
    return;
  }
  const missing = selection.ids.filter((id) => !ids.includes(id) && !gone.includes(id));
  if (missing.length > 0) throw notFound(context, missing);
  if (gone.length > 0) throw new CliError(EXIT.notFound, `Not replayed: ${goneWords(gone)}`);
}

/** As the audit list says it. */
function aboutOf(selection: ReplaySelection): string {
  if ('ids' in selection) return `events ${selection.ids.join(', ')}`.slice(0, ABOUT_LENGTH);
  const { state } = selection;
  return 'destination' in selection && selection.destination !== undefined
    ? `${state} to ${selection.destination}`
    : state;
}

/** `events 3, 4 cannot …` for a few, else how many. */
function goneWords(ids: readonly number[]): string {
  const named = `event${ids.length === 1 ? '' : 's'} ${ids.join(', ')}`;
  const what = ids.length > 10 ? plural(ids.length, 'event') : named;
  return `${what} cannot be decided again. Headers and bodies are gone: \`retention:\` says how long they are kept.`;
}

function select(idTexts: readonly string[], options: ReplayOptions): ReplaySelection {
  if (idTexts.length > 0 && options.state !== undefined) {
    throw new CliError(EXIT.usage, 'Name event ids or --state, not both.');
  }
  const { state, to } = options;
  if (state === 'dead' || state === 'unknown') {
    return to === undefined ? { state } : { state, destination: to };
  }
  if (to !== undefined) throw new CliError(EXIT.usage, '--to goes with --state dead or --state unknown.');
  if (state !== undefined) return { state };
  if (idTexts.length > 0) return { ids: [...new Set(idTexts.map(parseId))] };
  throw new CliError(
    EXIT.usage,
    `What shall be replayed? Name event ids, or --state with one of: ${REPLAY_STATES.join(', ')}.`,
  );
}

function summary(count: number, selection: ReplaySelection, dryRun: boolean): string {
  const events = plural(count, 'event');
  const what = untoldFate(selection) === null ? events : `the undelivered notifications of ${events}`;
  if (count === 0) return 'Nothing to replay.';
  return dryRun
    ? `Would replay ${what}. Nothing was changed.`
    : `Replaying ${what}: a running worker takes it from here.`;
}
