import type { Command } from 'commander';
import { CATALOG } from '../../catalog.ts';
import { describeConfig } from '../../config/describe/describe-config.ts';
import { printConfig } from '../../config/describe/print-config.ts';
import { whereFrom } from '../../config/describe/where-from.ts';
import { rowsOf } from '../../config/rows/rows.ts';
import { everyEvent } from '../../run/every-event.ts';
import { type Context, readConfig, untilStopped } from '../context.ts';
import { examples, json } from '../options.ts';

interface ConfigOptions {
  readonly json?: true;
  readonly schema?: true;
}

export function define(command: Command, context: Context): void {
  command
    .description('print the resolved configuration, secrets redacted')
    .addHelpText(
      'before',
      examples(context, [
        ['config', 'as YAML'],
        ['config --json', ''],
        ['config --schema > tidings.schema.json', 'what tidings.yaml may hold, for an editor'],
      ]),
    )
    .option('--schema', 'print the JSON Schema of tidings.yaml instead')
    .addOption(json())
    .action((options: ConfigOptions) => untilStopped(context, config(context, options)));
}

/** The resolved configuration, defaults included. `describeConfig` has replaced every secret. */
async function config(context: Context, options: ConfigOptions): Promise<void> {
  const { isTTY, columns } = context.io.stdout;
  if (options.schema) {
    const { jsonSchema } = await import('../../config/schema/json-schema.ts');
    await context.print(printConfig(jsonSchema(await rowsOf(CATALOG), (await everyEvent()).catalog), 'json'));
    return;
  }
  const read = await readConfig(context);
  const from = read.configPath ?? 'no configuration file, defaults and environment only';
  context.say(context.err.dim(`# ${from}`));
  for (const note of read.notes) context.say(context.err.dim(`# ${note}`));
  const json = isTTY ? 'json' : 'line';
  const described = describeConfig(read, await rowsOf(CATALOG));
  await context.print(printConfig(described, options.json ? json : 'yaml', isTTY ? columns : 0, whereFrom(read)));
}
