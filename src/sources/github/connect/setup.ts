import { isHttpUrl } from '../../../config/parts/http-url.ts';
import { ConnectError } from '../../../model/plugin/connect.ts';
import type { SourceHere } from '../../../model/plugin/source-here.ts';
import type { Talk } from '../../../model/plugin/talk.ts';
import { type HookOwner, parseOwner } from '../../../model/recovery.ts';
import { type NeededEvents, neededEvents } from '../hooks/hook-events.ts';
import type { Webhooks } from '../hooks/webhooks.ts';
import type { GithubSettings } from '../settings.ts';

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
  readonly talk: Talk;
  readonly options: GithubConnectOptions;
  /** As it was typed: `acme/api`. */
  readonly target: string;
  readonly owner: HookOwner;
  readonly source: SourceHere<GithubSettings>;
  readonly needed: NeededEvents;
  /** What GitHub shall call, complete. Null: nobody said. */
  readonly url: string | null;
}

/** With GitHub at hand. */
export interface OpenSetup extends Setup {
  readonly webhooks: Webhooks;
}

/** @throws ConnectError for what was typed; ConfigError */
export async function setUp(talk: Talk, target: string, options: GithubConnectOptions): Promise<Setup> {
  const owner = parseOwner(target);
  if (owner === null) {
    throw new ConnectError(
      'usage',
      `"${target}" is neither a repository, such as acme/api, nor an organisation, such as acme.`,
    );
  }
  if (options.json && !options.check) throw new ConnectError('usage', '--json goes with --check.');
  const wanted = { name: options.source, readOnly: options.check === true };
  const source = (await talk.source(wanted)) as SourceHere<GithubSettings>;
  const needed = neededEvents(source.rules, owner.kind);
  const url = options.url === undefined ? source.url : completed(options.url, source.path);
  return { talk, options, target, owner, source, needed, url };
}

/** This command again, with the address and source that were typed: `tidings connect github acme/api --url … --update`. */
export function commandFor({ talk, target, options }: Setup, ...flags: readonly string[]): string {
  const { url, source } = options;
  const typed = [...(url === undefined ? [] : ['--url', url]), ...(source === undefined ? [] : ['--source', source])];
  return [talk.invocation, 'connect github', target, ...typed, ...flags].join(' ');
}

/** @throws ConnectError with the ways to say it */
export function knownUrl({ url, talk: { invocation } }: Setup): string {
  if (url !== null) return url;
  throw new ConnectError(
    'usage',
    [
      'GitHub must be able to reach this server, and nobody said where. Either',
      '  set PUBLIC_URL=https://your.host (or give --url) where it has an address of its own, or',
      `  open a tunnel: ${invocation} start --tunnel cloudflared, and type this again beside it.`,
    ].join('\n'),
  );
}

/** A bare host gets the path; whoever gives a path means it, as with a forwarder's channel. */
function completed(text: string, path: string): string {
  const url = isHttpUrl(text) ? URL.parse(text) : null;
  if (url === null) {
    throw new ConnectError('usage', `--url "${text}" is no address that begins with https:// or http://.`);
  }
  return url.pathname === '/' ? `${url.origin}${path}` : text;
}
