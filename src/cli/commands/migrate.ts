import type { Command } from 'commander';
import type { DatabaseConfig } from '../../config/config.ts';
import { readAddress } from '../../config/read/database-address.ts';
import type { CopyProgress } from '../../run/copy-database.ts';
import { schemaOf, upgradeDatabase } from '../../run/database.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { type Context, readConfig, untilStopped } from '../context.ts';
import { examples, json } from '../options.ts';
import { progress } from '../progress.ts';

interface MigrateOptions {
  readonly check?: true;
  /** False: `--no-copy`. */
  readonly copy: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

export function define(command: Command, context: Context): void {
  command
    .description("bring the database to this program's schema; with --from and --to, copy it to another")
    .addHelpText(
      'before',
      examples(context, [
        ['migrate', 'before a release is started; start does it by itself too'],
        ['migrate --check', 'exit code 1 when the database is behind'],
        ['migrate --from sqlite:./data/tidings.db --to NEW_DATABASE', 'NEW_DATABASE in .env holds postgres://…'],
        ['migrate --from OLD_DATABASE --to sqlite:./back.db --dry-run', 'what would be copied?'],
      ]),
    )
    .option('--check', 'only say whether it is behind')
    .option('--no-copy', 'do not copy a SQLite file before it is upgraded: you have a backup')
    .option('--from <database>', 'sqlite:path, postgres://…, or the name of a variable that holds it; unchanged')
    .option('--to <database>', 'the same: an empty database, or where this copy was cut off')
    .option('--dry-run', 'with --from and --to: only count what would be copied')
    .addOption(json())
    .action((options: MigrateOptions) => untilStopped(context, migrate(context, options)));
}

/** The schema of the configured database, or all of one database into another. */
async function migrate(context: Context, options: MigrateOptions): Promise<void> {
  const { check, from, to, dryRun } = options;
  if (from !== undefined && to !== undefined) {
    if (check) throw new CliError(EXIT.usage, '--check is about the configured database: leave --from and --to out.');
    const addresses = { from: addressOf(context, '--from', from), to: addressOf(context, '--to', to) };
    return await (dryRun ? countOnly : copyAll)(context, addresses, { to, isJson: options.json === true });
  }
  if (from !== undefined || to !== undefined) {
    throw new CliError(EXIT.usage, 'A copy needs both: --from, the database there is, and --to, an empty one.');
  }
  if (dryRun)
    throw new CliError(EXIT.usage, '--dry-run is about a copy. `migrate --check` says what migrate would do.');
  await (check ? checkSchema(context, options) : bringUp(context, options));
}

async function configured(context: Context) {
  const { database } = await readConfig(context);
  return { ...(await schemaOf(database)), upgrade: (copies: boolean) => upgradeDatabase(database, copies) };
}

async function checkSchema(context: Context, { json: isJson }: MigrateOptions): Promise<void> {
  const { name, found, newest } = await configured(context);
  if (isJson) await context.printJson({ database: name, schema: found, newest, behind: found < newest });
  else if (found >= newest) await context.print(`${name}: schema ${found}, as this Tidings wants it`);
  if (found > newest) throw new CliError(EXIT.failed, `${name} has schema ${found}: a newer Tidings wrote it.`);
  if (found === newest) return;
  const behind = found === 0 ? 'has no tables yet' : `has schema ${found}`;
  const fix = `\`${context.invocation} migrate\` (or start) brings it to ${newest}.`;
  throw new CliError(EXIT.failed, `${name} ${behind}. ${fix}`);
}

async function bringUp(context: Context, { json: isJson, copy: copies }: MigrateOptions): Promise<void> {
  const { name, found, newest, upgrade } = await configured(context);
  if (found < newest) context.say(`Bringing ${name} from schema ${found} to ${newest} …${wayBack(name, found)}`);
  const upgraded = found === newest ? null : await upgrade(copies);
  const { from, to, copy } = upgraded ?? { from: newest, to: newest, copy: null };
  if (isJson) await context.printJson({ database: name, from, to, changed: upgraded !== null, copy });
  else
    await context.print(`${name}: ${upgraded === null ? `schema ${newest}, nothing to do` : `schema ${from} → ${to}`}`);
  if (copy !== null) context.say(`As it was before, it is kept in ${copy}`);
}

/** A server keeps no copy by itself. */
function wayBack(name: string, found: number): string {
  const isServer = name.startsWith('postgres ') && found > 0;
  return isServer ? ' The way back is a dump made before: pg_dump -n tidings' : '';
}

interface Addresses {
  readonly from: DatabaseConfig;
  readonly to: DatabaseConfig;
}

function addressOf(context: Context, flag: string, text: string): DatabaseConfig {
  const { database, showsPassword } = readAddress(text, context.surroundings);
  if (showsPassword) {
    context.say(
      `${context.err.yellow('Warning')}: the password in ${flag} shows in the list of processes and in the shell's history. ` +
        `Put the address into a variable (or .env) and give its name: ${flag} NEW_DATABASE`,
    );
  }
  return database;
}

interface Output {
  readonly to: string;
  readonly isJson: boolean;
}

async function countOnly(context: Context, { from, to }: Addresses, { isJson }: Output): Promise<void> {
  const { countDatabase } = await import('../../run/copy-database.ts');
  for (const { table, rows, copied } of await countDatabase(from, to)) {
    if (isJson) await context.printJson({ table, rows, copied });
    else
      await context.print(
        `${table.padEnd(WIDTH)}  ${shown(rows)}${copied > 0 ? `  ${shown(copied)} there already` : ''}`,
      );
  }
  context.say('Nothing was copied.');
}

async function copyAll(context: Context, { from, to }: Addresses, output: Output): Promise<void> {
  context.say('Copying, then reading both back. Cut off at any moment, the same command goes on where it was.');
  const { copyDatabase } = await import('../../run/copy-database.ts');
  const outcome = await copyDatabase(from, to, stepsOf(context));
  if (outcome.result === 'differs') {
    for (const line of outcome.differences) context.say(`  ${line}`);
    throw new CliError(
      EXIT.failed,
      'The target is not the same as the source, see above: do not start on it. Was the source used since the copy was begun? ' +
        'Empty the target (Postgres: DROP SCHEMA tidings CASCADE; SQLite: remove the file), then copy again.',
    );
  }
  for (const { table, rows, sha256 } of outcome.tables) {
    if (output.isJson) await context.printJson({ table, rows, sha256 });
    else await context.print(`${table.padEnd(WIDTH)}  ${shown(rows)}  ${sha256}`);
  }
  const at = outcome.result === 'was_copied' ? ` at ${new Date(outcome.at).toISOString()}, nothing was done now` : '';
  const next = /^(?:postgres(?:ql)?|sqlite):/i.test(output.to)
    ? 'the address given as --to'
    : `the value of ${output.to}`;
  context.say(`Done: all rows above are the same on both sides${at}. Set DATABASE_URL to ${next}, and start.`);
}

const WIDTH = 'attempt_notifications'.length;

function shown(count: number): string {
  return count.toLocaleString('en-US').padStart(11);
}

/** A line of progress for each table and phase. */
function stepsOf(context: Context): (progress: CopyProgress) => void {
  let current = '';
  let line = progress(context, '', 0);
  return ({ phase, table, done, total }) => {
    const what = `${phase} ${table}`;
    if (what !== current) {
      line.end();
      line = progress(context, what, total);
      current = what;
    }
    line.step(done);
    if (done === total) line.end();
  };
}
