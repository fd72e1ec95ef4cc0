import type { Command } from 'commander';
import type { Config } from '../../config/config.ts';
import { retentionWords } from '../../config/describe/describe-retention.ts';
import { shortPath } from '../../config/describe/place-words.ts';
import type { Going } from '../../model/pruning/estimate.ts';
import { prunedWords } from '../../model/pruning/prune-words.ts';
import { compactDatabase } from '../../run/database.ts';
import { sizeWords } from '../../shared/terminal/size-words.ts';
import { iso, isoOrNull, lasting } from '../../shared/time-words.ts';
import { capitalised } from '../../text/words.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { type Context, readConfig, untilStopped } from '../context.ts';
import { examples, json } from '../options.ts';

interface PruneOptions {
  readonly dryRun?: true;
  readonly compact?: true;
  readonly json?: true;
}

export function define(command: Command, context: Context): void {
  command
    .description('take away what outlived its term now; a running worker does it by itself')
    .addHelpText(
      'before',
      examples(context, [
        ['prune --dry-run', 'what would go, and what would that free?'],
        ['prune', 'without a worker, or to wait for no first day'],
        ['prune --compact', 'afterwards, make a SQLite file as small as can be'],
      ]),
    )
    .option('--dry-run', 'only say what would go')
    .option('--compact', 'write the SQLite file anew, without what is free in it; nobody else may use it')
    .addOption(json())
    .action((options: PruneOptions) => prune(context, options));
}

async function prune(context: Context, options: PruneOptions): Promise<void> {
  const { dryRun, compact } = options;
  if (dryRun && compact) throw new CliError(EXIT.usage, 'Give --dry-run or --compact, not both.');
  const config = await readConfig(context);
  if (dryRun) return untilStopped(context, foresee(context, config, options));
  await (compact ? compactFile : pruneAtOnce)(context, config, options);
}

async function foresee(context: Context, config: Config, { json: isJson }: PruneOptions): Promise<void> {
  const { foreseePrune } = await import('../../run/prune.ts');
  const { going, attempts, size, state, owner } = await foreseePrune(config);
  const { bodies, events, early, attemptsBefore } = going;
  const frees = bodies.bytes + events.bytes + early.bytes;
  if (isJson) {
    await context.printJson({ kind: 'bodies', ...goingJson(bodies) });
    await context.printJson({ kind: 'bodies_early', bytes: early.bytes });
    await context.printJson({ kind: 'events', ...goingJson(events) });
    await context.printJson({ kind: 'attempts', count: attempts, before: isoOrNull(attemptsBefore) });
    await context.printJson({ kind: 'database', bytes: size.bytes, free: size.freeBytes, frees: Math.round(frees) });
    return;
  }
  await context.print(
    context.out.dim(`Kept: ${retentionWords(config.retention)}`),
    '',
    row('bodies', bodies),
    ...(early.bytes > 0
      ? [`${'bodies'.padEnd(10)}besides ${sizeWords(early.bytes)}, the oldest of the others, for max_size`]
      : []),
    row('events', events),
    attemptsRow(attempts, attemptsBefore),
    '',
  );
  const isExact = bodies.isExact && events.isExact;
  context.say(
    frees === 0
      ? `Nothing would go of ${sizeWords(size.bytes)}.`
      : `Would free about ${sizeWords(frees)} of ${sizeWords(size.bytes)}${isExact ? '' : ', as samples say'}. Nothing was changed.`,
  );
  if (state !== null && state.mark.waitMs > 0) {
    context.say(
      `Its first day is not over: a worker lets what is newly due go in about ${lasting(state.mark.waitMs)}.`,
    );
  } else if (owner !== null && frees > 0)
    context.say('A worker runs, and takes it away by itself: it looks once an hour.');
}

function goingJson({ count, bytes, oldest, newest, isExact }: Going) {
  return { count, bytes: Math.round(bytes), oldest: isoOrNull(oldest), newest: isoOrNull(newest), exact: isExact };
}

function attemptsRow(count: number, before: number | null): string {
  const begin = 'attempts'.padEnd(10);
  if (count === 0 || before === null) return `${begin}none`;
  return `${begin}${count.toLocaleString('en-US').padStart(12)}  ${''.padStart(7)}  ended before ${iso(before).slice(0, 10)}`;
}

function row(name: string, { count, bytes, oldest, newest, isExact }: Going): string {
  const begin = name.padEnd(10);
  if (count === 0 || oldest === null || newest === null) return `${begin}none`;
  const number = `${isExact ? '' : '~'}${count.toLocaleString('en-US')}`;
  const when = `received ${iso(oldest).slice(0, 10)} to ${iso(newest).slice(0, 10)}`;
  return `${begin}${number.padStart(12)}  ${sizeWords(bytes).padStart(7)}  ${when}`;
}

async function pruneAtOnce(context: Context, config: Config, { json: isJson }: PruneOptions): Promise<void> {
  const { runPruneNow } = await import('../../run/prune.ts');
  const outcome = await runPruneNow(config, context.surroundings, context.io.stop);
  switch (outcome.result) {
    case 'held': {
      const { owner, expiresAt } = outcome.owner;
      throw new CliError(
        EXIT.failed,
        `A worker prunes here by itself (${owner}, until ${iso(expiresAt)} at least): it looks once an hour. ` +
          `To do it at once, stop it first. \`${context.invocation} prune --dry-run\` says what would go.`,
      );
    }
    case 'stopped':
      if (context.io.stop.aborted) throw new CliError(EXIT.interrupted, 'Interrupted: what went until now has gone.');
      throw new CliError(EXIT.failed, 'A worker took over meanwhile, and goes on by itself.');
    case 'pruned': {
      const { pruned, state, size } = outcome;
      if (isJson)
        await context.printJson({
          ...pruned,
          database: size.bytes,
          free: size.freeBytes,
          over_limit: state.isOverLimit,
        });
      else await context.print(capitalised(`${prunedWords(pruned)}.`));
      context.say(`The database takes ${sizeWords(size.bytes)}${freeWords(size.freeBytes)}.`);
      if (state.trouble !== null) throw new CliError(EXIT.failed, `Bodies that are due stay: ${state.trouble}`);
      if (state.isOverLimit)
        throw new CliError(EXIT.failed, 'That is more than max_size, and no body is left that may go.');
    }
  }
}

function freeWords(bytes: number): string {
  return bytes === 0 ? '' : `, of which ${sizeWords(bytes)} are free for what comes`;
}

async function compactFile(context: Context, config: Config, { json: isJson }: PruneOptions): Promise<void> {
  const { database } = config;
  if (database.kind === 'postgres') {
    throw new CliError(
      EXIT.usage,
      '--compact is for SQLite. Postgres fills again what is free; to give it back to the disk, while nothing runs: ' +
        'VACUUM FULL tidings.segments, tidings.events;',
    );
  }
  const path = shortPath(database.path);
  context.say(`Writing ${path} anew: about 10 s a gigabyte …`);
  const sizes = await compactDatabase(database);
  if (sizes === null) return;
  if (isJson) await context.printJson(sizes);
  else await context.print(`${path}: ${sizeWords(sizes.before)} → ${sizeWords(sizes.after)}`);
}
