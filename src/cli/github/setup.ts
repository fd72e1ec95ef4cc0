import type { SourceConfig } from '../../config/config.ts';
import { isHttpUrl } from '../../config/parts/http-url.ts';
import { receiverUrl } from '../../config/receiver-url.ts';
import { type HookOwner, parseOwner } from '../../model/recovery.ts';
import type { Webhooks } from '../../model/webhooks.ts';
import type { LoadedApp } from '../../run/app-port.ts';
import { type NeededEvents, neededEvents } from '../../sources/github/hook-events.ts';
import { CliError, EXIT } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { webhookPath } from '../place-words.ts';

export interface GithubConnectOptions {
  readonly url?: string;
  readonly source?: string;
  readonly yes?: true;
  readonly check?: true;
  readonly update?: true;
  /** Seconds to wait for the ping. Absent: 30, and ten minutes where a person makes the webhook. */
  readonly wait?: number;
  readonly json?: true;
}

/** What is wanted, before GitHub is asked. */
export interface Setup {
  readonly context: Context;
  readonly app: LoadedApp;
  readonly options: GithubConnectOptions;
  /** As it was typed: `acme/api`. */
  readonly target: string;
  readonly owner: HookOwner;
  readonly source: SourceConfig;
  readonly needed: NeededEvents;
  /** What GitHub shall call, complete. Null: nobody said. */
  readonly url: string | null;
}

/** With GitHub at hand. */
export interface Desk extends Setup {
  readonly webhooks: Webhooks;
}

/** @throws CliError for what was typed; ConfigError */
export async function setUp(context: Context, target: string, options: GithubConnectOptions): Promise<Setup> {
  const owner = parseOwner(target);
  if (owner === null) {
    throw new CliError(
      EXIT.usage,
      `"${target}" is neither a repository, such as acme/api, nor an organisation, such as acme.`,
    );
  }
  if (options.json && !options.check) throw new CliError(EXIT.usage, '--json goes with --check.');
  const app = await context.app.load({ readOnly: options.check === true, purpose: 'receive' });
  const source = sourceOf(app, options.source);
  return {
    context,
    app,
    options,
    target,
    owner,
    source,
    needed: neededEvents(app.config.rules, owner.kind),
    url: urlOf(app, source.name, options.url),
  };
}

/** This command again, with the address and source that were typed: `tidings github connect acme/api --url … --update`. */
export function commandFor({ context, target, options }: Setup, ...flags: readonly string[]): string {
  const { url, source } = options;
  const typed = [...(url === undefined ? [] : ['--url', url]), ...(source === undefined ? [] : ['--source', source])];
  return [context.app.invocation, 'github connect', target, ...typed, ...flags].join(' ');
}

/** @throws CliError with the ways to say it, exit code 2 */
export function knownUrl({ url, context: { app } }: Setup): string {
  if (url !== null) return url;
  throw new CliError(
    EXIT.usage,
    [
      'GitHub must be able to reach this server, and nobody said where. Either',
      '  set PUBLIC_URL=https://your.host (or give --url) where it has an address of its own, or',
      `  open a tunnel: ${app.invocation} start --tunnel cloudflared, and type this again beside it.`,
    ].join('\n'),
  );
}

function sourceOf({ config: { sources } }: LoadedApp, name: string | undefined): SourceConfig {
  const names = sources.map((source) => source.name).join(', ');
  const [first, ...others] = sources;
  if (name === undefined && others.length > 0) {
    throw new CliError(EXIT.usage, `Which source shall it call? Add --source with one of: ${names}.`);
  }
  const found = name === undefined ? first : sources.find((source) => source.name === name);
  if (found === undefined) throw new CliError(EXIT.usage, `There is no source "${name}". There are: ${names}.`);
  return found;
}

/** --url, else PUBLIC_URL, else the tunnel that is open now. */
function urlOf({ config }: LoadedApp, source: string, given: string | undefined): string | null {
  if (given !== undefined) return completed(given, source);
  return receiverUrl(config, source);
}

/** A bare host gets the path; whoever gives a path means it, as with a forwarder's channel. */
function completed(text: string, source: string): string {
  const url = isHttpUrl(text) ? URL.parse(text) : null;
  if (url === null) {
    throw new CliError(EXIT.usage, `--url "${text}" is no address that begins with https:// or http://.`);
  }
  return url.pathname === '/' ? `${url.origin}${webhookPath(source)}` : text;
}
