import { type FileHandle, open, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import type { Selection } from '../../model/inbox/transfer.ts';
import type { Inbox } from '../../model/inbox.ts';
import type { Exported } from '../../run/transfer/resume-file.ts';
import { hasCode } from '../../shared/files/has-code.ts';
import { OWNER_ONLY_FILE } from '../../shared/files/private-files.ts';
import { plural } from '../../shared/time-words.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { type Context, readConfig, untilStopped } from '../context.ts';
import { examples } from '../options.ts';
import { progress } from '../progress.ts';
import { parseSince } from '../since.ts';

interface ExportOptions {
  readonly since?: string;
  readonly until?: string;
  readonly repo?: string;
  readonly source?: string;
  readonly output?: string;
  readonly resume?: true;
  readonly plain?: true;
}

export function define(command: Command, context: Context): void {
  command
    .description('write stored events to a file: bodies, headers, and what became of them')
    .addHelpText(
      'before',
      examples(context, [
        ['export --since 2026-11-01 -o november.jsonl.zst', ''],
        ['export --repo acme/api --plain | jq .type', 'JSON lines, not compressed'],
        ['export -o all.jsonl.zst --resume', 'go on where it was cut off'],
      ]),
    )
    .option('--since <time>', 'received since: 30m, 2h, 7d, or an ISO time')
    .option('--until <time>', 'received before then; else all up to now')
    .option('--repo <owner/name>', 'only of this repository')
    .option('--source <name>', 'only of this source')
    .option('-o, --output <file>', 'into this file, for you alone; else to stdout')
    .option('--resume', 'go on behind the last whole event in the file, as it was begun')
    .option('--plain', 'no zstd; so it is for a file that ends in .jsonl')
    .action((options: ExportOptions) => untilStopped(context, exportAll(context, options)));
}

/** JSON lines in zstd frames. Bodies as they were received: nothing is masked. */
async function exportAll(context: Context, options: ExportOptions): Promise<void> {
  const { output } = options;
  if (options.resume && output === undefined)
    throw new CliError(EXIT.usage, '--resume goes on in a file: name it with -o.');
  const begun = options.resume && output !== undefined ? await exported(output, options) : null;
  const isPlain = begun?.isPlain ?? (options.plain === true || output?.endsWith('.jsonl') === true);
  if (begun === null && output !== undefined) refuseOtherEnd(output, isPlain);
  if (output === undefined && !isPlain && context.io.stdout.isTTY) {
    throw new CliError(
      EXIT.usage,
      'This is binary, and no terminal reads it. Give it a file (-o events.jsonl.zst), or --plain.',
    );
  }
  const selection = begun?.selection ?? selectionOf(options, context.clock.now());
  const { openToExport } = await import('../../run/transfer/open.ts');
  await using inbox = await openToExport(await readConfig(context));
  await using target = output === undefined ? toStdout(context) : await intoFile(output, options.resume === true);
  const count = await run(context, inbox, { selection, isPlain, afterId: begun?.lastId ?? null, target });
  if (context.io.stop.aborted || context.io.closed.aborted) return;
  await target.finish();
  if (begun !== null && count === 0) return context.say(`${output} is complete: nothing was missing.`);
  const more = begun === null ? plural(count, 'event') : plural(count, 'more event');
  context.say(`Exported ${more}${output === undefined ? '' : ` to ${output}`}.`);
}

/** A name that promises another compression keeps everybody else from reading the file. */
function refuseOtherEnd(path: string, isPlain: boolean): void {
  const [end] = /\.(?:zst|gz|bz2|xz|zip)$/i.exec(path) ?? [];
  if (end === undefined || (end.toLowerCase() === '.zst' && !isPlain)) return;
  const what = isPlain ? 'not compressed' : 'compressed with zstd';
  const meant = `${path.slice(0, -end.length).replace(/\.jsonl$/, '')}.jsonl${isPlain ? '' : '.zst'}`;
  throw new CliError(EXIT.usage, `What is written is ${what}, and ${path} says otherwise: name it ${meant}`);
}

interface Run {
  readonly selection: Selection;
  readonly isPlain: boolean;
  /** Null: from the beginning. */
  readonly afterId: number | null;
  readonly target: Target;
}

async function run(context: Context, inbox: Inbox, { selection, isPlain, afterId, target }: Run): Promise<number> {
  const { exportEvents } = await import('../../run/transfer/export-events.ts');
  const [newest] = await inbox.list({ limit: 1 });
  const upTo = newest?.id ?? 0;
  const start = afterId ?? (selection.since === null ? 0 : await inbox.lastBefore(selection.since));
  const bar = progress(context, 'looked at', upTo - start);
  const { stop, closed } = context.io;
  try {
    return await exportEvents(
      inbox,
      { selection, isPlain, isBegun: afterId !== null, afterId: start, upTo },
      {
        write: target.write,
        onLookedAt: (id) => bar.step(id - start),
        isOver: () => stop.aborted || closed.aborted,
      },
    );
  } finally {
    bar.end();
  }
}

function selectionOf({ since, until, repo, source }: ExportOptions, now: number): Selection {
  const from = since === undefined ? null : parseSince(since, now);
  const to = until === undefined ? now : parseSince(until, now, '--until');
  if (from !== null && from > to) {
    throw new CliError(
      EXIT.usage,
      until === undefined ? `--since ${since} is still to come.` : `--since ${since} is later than --until ${until}.`,
    );
  }
  return { since: from, until: to, repo: repo ?? null, source: source ?? null };
}

/** What the file holds so far. Null: nothing whole, or it is not there. */
async function exported(path: string, options: ExportOptions): Promise<Exported | null> {
  const begun = await resumed(path);
  const given = (['since', 'until', 'repo', 'source', 'plain'] as const).find((name) => options[name] !== undefined);
  if (begun === null || given === undefined) return begun;
  throw new CliError(EXIT.usage, `${path} says itself what belongs into it: leave --${given} out, with --resume.`);
}

async function resumed(path: string): Promise<Exported | null> {
  const { resumeFile } = await import('../../run/transfer/resume-file.ts');
  try {
    return await resumeFile(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    if (!(error instanceof Error) || 'code' in error) throw error;
    throw new CliError(EXIT.failed, `${path} cannot be gone on with: ${error.message}. Nothing was changed.`, {
      cause: error,
    });
  }
}

interface Target extends AsyncDisposable {
  write(bytes: Buffer): Promise<void>;
  /** All of it is on the disk. */
  finish(): Promise<void>;
}

function toStdout({ io: { stdout } }: Context): Target {
  return {
    write: (bytes) => stdout.write(bytes),
    finish: () => stdout.written(),
    [Symbol.asyncDispose]: async () => {},
  };
}

async function intoFile(path: string, resumes: boolean): Promise<Target> {
  const file = await opened(path, resumes);
  return {
    write: (bytes) => file.appendFile(bytes),
    finish: () => file.sync(),
    [Symbol.asyncDispose]: () => file.close(),
  };
}

async function opened(path: string, resumes: boolean): Promise<FileHandle> {
  try {
    return await open(path, resumes ? 'a' : 'ax', OWNER_ONLY_FILE);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) throw new CliError(EXIT.usage, `There is no folder ${dirname(path)}: make it first.`);
    if (hasCode(error, 'EISDIR') || (hasCode(error, 'EEXIST') && (await stat(path)).isDirectory()))
      throw new CliError(EXIT.usage, `${path} is a folder: name a file in it, as in ${join(path, 'events.jsonl.zst')}`);
    if (!hasCode(error, 'EEXIST')) throw error;
    throw new CliError(EXIT.usage, `${path} is there already. Take another name, or go on with it: --resume`);
  }
}
