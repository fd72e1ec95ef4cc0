import { CATALOG } from '../../catalog.ts';
import { printConfig } from '../../config/describe/print-config.ts';
import { rowsOf } from '../../config/rows.ts';
import { everyEvent } from '../../run/every-event.ts';
import { type Context, readApp } from '../context.ts';

export interface ConfigOptions {
  readonly json?: true;
  readonly schema?: true;
}

/** The resolved configuration, defaults included. The port's `describe` has replaced every secret. */
export async function config(context: Context, options: ConfigOptions): Promise<void> {
  const { isTTY, columns } = context.io.stdout;
  if (options.schema) {
    const { jsonSchema } = await import('../../config/schema/json-schema.ts');
    await context.print(printConfig(jsonSchema(await rowsOf(CATALOG), (await everyEvent()).catalog), 'json'));
    return;
  }
  const app = await readApp(context);
  const from = app.config.configPath ?? 'no configuration file, defaults and environment only';
  context.say(context.err.dim(`# ${from}`));
  for (const note of app.config.notes) context.say(context.err.dim(`# ${note}`));
  const json = isTTY ? 'json' : 'line';
  await context.print(printConfig(await app.describe(), options.json ? json : 'yaml', isTTY ? columns : 0));
}
