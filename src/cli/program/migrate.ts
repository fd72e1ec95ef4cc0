import type { Command } from 'commander';
import { type Context, untilStopped } from '../context.ts';
import { examples, json } from './parts.ts';

export function addMigrate(program: Command, context: Context): void {
  program
    .command('migrate')
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
    .action(async (options) =>
      untilStopped(context, (await import('../commands/migrate.ts')).migrate(context, options)),
    );
}
