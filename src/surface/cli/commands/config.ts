import { printConfig } from '../../config/print-config.ts';
import { type Context, readApp } from '../context.ts';

/** The resolved configuration, defaults included. The port's `describe` has replaced every secret. */
export async function config(context: Context, options: { readonly json?: true }): Promise<void> {
  const app = await readApp(context);
  const from = app.config.configPath ?? 'no configuration file, defaults and environment only';
  context.say(context.err.dim(`# ${from}`));
  const json = context.io.stdout.isTTY ? 'json' : 'line';
  context.print(printConfig(app.describe(), options.json ? json : 'yaml'));
}
