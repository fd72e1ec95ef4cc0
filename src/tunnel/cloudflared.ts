import { type OpenTunnel, type Tunnel, TunnelError, type TunnelEvents } from '../model/tunnel.ts';
import type { Clock } from '../shared/clock.ts';
import { onPath } from '../shared/files/on-path.ts';
import type { Random } from '../shared/ids.ts';
import { backoffMs, pause } from './backoff.ts';
import { type Child, startChild } from './child.ts';

export interface CloudflaredOptions {
  /** Of our process: PATH, and what cloudflared itself is set by (`TUNNEL_…`, proxies). */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: Random;
}

const INSTALL = `cloudflared is not on PATH. Install it: \`brew install cloudflared\` (macOS), \`winget install Cloudflare.cloudflared\`
(Windows), or for Linux a package from https://developers.cloudflare.com/cloudflare-one/connections/connect-networks/downloads/`;

/** In a box on stderr, in time before the first connection. The API's own host is named in error lines, and is no tunnel. */
const ADDRESS = /\|\s+(https:\/\/(?!api\.)[a-z0-9.-]+)\s+\|/i;
/** `Registered tunnel connection connIndex=0 …`; versions before 2022.8 say `Connection … registered`. */
const CONNECTED = /\bregistered\b/i;
const LAST_WORDS = 3;

/**
 * A quick tunnel: no account, a new address at each start, by the program itself. It holds and renews its own connection;
 * when the program ends it is started again, and that is a new address.
 * https://developers.cloudflare.com/cloudflare-one/connections/connect-networks/do-more-with-tunnels/trycloudflare/
 */
export function cloudflaredTunnel({ env, clock, random }: CloudflaredOptions): Tunnel {
  function launch(program: string, localPort: number): Launched {
    const words: string[] = [];
    let url: string | null = null;
    const up = Promise.withResolvers<string>();
    const child = startChild({
      program,
      args: ['tunnel', '--no-autoupdate', '--grace-period', '2s', '--url', `http://127.0.0.1:${localPort}`],
      env: environmentOf(env),
      clock,
      onLine: (line) => {
        const said = line.replace(/^\S+Z [A-Z]{3} /, '').trim();
        if (!/^[+|]/.test(said)) words.push(said);
        if (words.length > LAST_WORDS) words.shift();
        url ??= ADDRESS.exec(line)?.[1] ?? null;
        if (url !== null && CONNECTED.test(line)) up.resolve(url);
      },
    });
    const lastWords = () => words.join(' / ') || 'it said nothing';
    void child.ended.then(() => up.reject(new TunnelError(`cloudflared ended: ${lastWords()}`)));
    up.promise.catch(() => undefined);
    return { child, url: up.promise, lastWords };
  }

  async function open(localPort: number, events: TunnelEvents, signal: AbortSignal): Promise<OpenTunnel> {
    const program = onPath('cloudflared', env['PATH']);
    if (program === null) throw new TunnelError(INSTALL.replaceAll('\n', ' '));
    const closing = new AbortController();
    let running = launch(program, localPort);
    const url = await openedOr(running, signal);

    async function hold(): Promise<void> {
      for (let tries = 0; ; tries++) {
        await running.child.ended;
        if (closing.signal.aborted) return;
        if (tries === 0) events.dropped(`cloudflared ended: ${running.lastWords()}`);
        await pause(backoffMs(tries, random), clock, closing.signal);
        if (closing.signal.aborted) return;
        running = launch(program ?? '', localPort);
        const again = await running.url.catch(() => null);
        if (again === null) continue;
        events.reopened(again);
        tries = -1;
      }
    }

    const held = hold();
    return {
      url,
      isWhole: false,
      close: async () => {
        closing.abort();
        await running.child.end();
        await held;
      },
    };
  }
  return { open };
}

interface Launched {
  readonly child: Child;
  /** Rejects when the program ends. */
  readonly url: Promise<string>;
  lastWords(): string;
}

async function openedOr({ child, url, lastWords }: Launched, signal: AbortSignal): Promise<string> {
  const tooLate = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      const hint = 'Where UDP is blocked, set TUNNEL_TRANSPORT_PROTOCOL=http2.';
      reject(new TunnelError(`cloudflared did not connect in time. ${hint} Its last words: ${lastWords()}`));
    });
  });
  try {
    return await Promise.race([url, tooLate]);
  } catch (error) {
    await child.end();
    throw error;
  }
}

/** What it needs, and none of our secrets. A named tunnel's token would make another tunnel of it. */
function environmentOf(env: CloudflaredOptions['env']): Readonly<Record<string, string | undefined>> {
  const wanted =
    /^(?:PATH|HOME|USERPROFILE|SYSTEMROOT|TMPDIR|TEMP|TMP|SSL_CERT_\w+|\w+_PROXY|TUNNEL_(?!TOKEN|URL)\w+)$/i;
  return Object.fromEntries(Object.entries(env).filter(([name]) => wanted.test(name)));
}
