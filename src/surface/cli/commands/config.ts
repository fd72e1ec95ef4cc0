import { stringify } from 'yaml';
import { type Context, readApp } from '../context.ts';

/** The resolved configuration, defaults included. The port's `describe` has replaced every secret. */
export async function config(context: Context, options: { readonly json?: true }): Promise<void> {
  const app = await readApp(context);
  const from = app.config.configPath ?? 'no configuration file, defaults and environment only';
  context.say(context.err.dim(`# ${from}`));
  // Through JSON, so that a Secret that slipped in prints itself as `[secret]` and not as an object.
  const plain: unknown = JSON.parse(JSON.stringify(app.describe()));
  if (options.json) context.print(JSON.stringify(plain, null, context.io.stdout.isTTY ? 2 : 0));
  else context.print(stringify(plain, { lineWidth: 0 }).trimEnd());
}
