import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type OpenTunnel, type Tunnel, TunnelError, type TunnelEvents } from '../model/tunnel.ts';
import type { Secret } from '../shared/secret.ts';

export interface NgrokOptions {
  readonly authtoken: Secret;
  /** Reserved at ngrok, such as `name.ngrok.app`. Null: the account's own, or any. */
  readonly domain: string | null;
  /** Where the package is looked for first. */
  readonly cwd: string;
}

/** What is used of the package: https://ngrok.github.io/ngrok-javascript/ */
interface Ngrok {
  forward(config: {
    readonly addr: string;
    readonly authtoken: string;
    readonly domain?: string;
    readonly onStatusChange: (status: string) => void;
  }): Promise<{ url(): string | null; close(): Promise<void> }>;
}

const PACKAGE = '@ngrok/ngrok';

/**
 * ngrok's own agent as a package, in our process. Its session connects again by itself, at the same address, and says
 * `closed` and `connected`. Only a stand-in for the package was run here: the real one needs the internet and an account.
 */
export function ngrokTunnel({ authtoken, domain, cwd }: NgrokOptions): Tunnel {
  async function open(localPort: number, events: TunnelEvents, signal: AbortSignal): Promise<OpenTunnel> {
    const ngrok = load(cwd);
    let url: string | null = null;
    let isClosing = false;
    const onStatusChange = (status: string) => {
      if (url === null || isClosing) return;
      if (status === 'closed') events.dropped('ngrok lost its connection');
      if (status === 'connected') events.reopened(url);
    };
    const forwarding = ngrok.forward({
      addr: `127.0.0.1:${localPort}`,
      authtoken: authtoken.reveal(),
      ...(domain === null ? {} : { domain }),
      onStatusChange,
    });
    const listener = await Promise.race([forwarding, timeLimit(signal)]).catch((error: unknown) => {
      // One that comes too late is closed.
      forwarding.then((late) => late.close()).catch(() => undefined);
      throw inWords(error, authtoken);
    });
    url = listener.url();
    if (url === null) throw new TunnelError('ngrok opened a tunnel without an address. Try again.');
    return {
      url: url.replace(/\/$/, ''),
      isWhole: false,
      close: async () => {
        if (isClosing) return;
        isClosing = true;
        await listener.close();
      },
    };
  }
  return { open };
}

/** The person's own project first, then beside Tidings itself. 30 MB for something few need: no dependency. */
function load(cwd: string): Ngrok {
  for (const from of [pathToFileURL(join(cwd, 'package.json')), import.meta.url]) {
    try {
      return createRequire(from)(PACKAGE) as Ngrok;
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';
      if (!isMissing) throw new TunnelError(`${PACKAGE} cannot be loaded: ${String(error)}`, { cause: error });
    }
  }
  throw new TunnelError(`ngrok's package is not installed. Type: npm install ${PACKAGE}`);
}

function timeLimit(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('it did not connect in time')));
  });
}

/** ngrok's messages come with a code such as ERR_NGROK_105, and may repeat the token. */
function inWords(error: unknown, authtoken: Secret): TunnelError {
  const said = (error instanceof Error ? error.message : String(error)).replaceAll(authtoken.reveal(), '[secret]');
  const hint = /ERR_NGROK_10[5-9]|authtoken|authentication/i.test(said)
    ? ' Set NGROK_AUTHTOKEN to the one at https://dashboard.ngrok.com/get-started/your-authtoken'
    : '';
  return new TunnelError(`ngrok: ${said.replaceAll(/\s+/g, ' ').trim()}${hint}`);
}
