import type { Config } from '../../../config/config.ts';
import { envFile } from '../../../config/read/env-file.ts';
import type { HookOwner } from '../../../model/recovery.ts';
import { TunnelError, type TunnelKind, type TunnelRequest } from '../../../model/tunnel.ts';
import type { Role } from '../../../run/start.ts';
import { CliError, EXIT } from '../../cli-error.ts';
import { type Context, loadConfig } from '../../context.ts';

export interface TunnelOptions {
  readonly tunnel?: TunnelKind;
  readonly tunnelUrl?: string;
  readonly updateHook?: HookOwner;
}

/** What the options ask for. Null: no tunnel. @throws CliError, exit code 2, when they do not go together */
export function tunnelRequest({ tunnel: kind, tunnelUrl, updateHook }: TunnelOptions): TunnelRequest | null {
  if (kind === undefined) {
    if (tunnelUrl === undefined && updateHook === undefined) return null;
    const option = tunnelUrl === undefined ? '--update-hook' : '--tunnel-url';
    throw new CliError(EXIT.usage, `${option} goes with a tunnel. Add --tunnel cloudflared (or ngrok, or smee).`);
  }
  if (kind === 'cloudflared' && tunnelUrl !== undefined) {
    throw new CliError(
      EXIT.usage,
      'cloudflared gives a new address at each start. For an address of your own run your named tunnel beside Tidings and set PUBLIC_URL: see docs/tunnels.md.',
    );
  }
  return { kind, url: tunnelUrl ?? null, updateHook: updateHook ?? null };
}

/** ngrok's authtoken is asked for once and kept in `.env`. @throws CliError */
export async function loadForTunnel(context: Context, role: Role, request: TunnelRequest | null): Promise<Config> {
  const load = () => loadConfig(context, { readOnly: false, purpose: role });
  const config = await load();
  if (request?.kind !== 'ngrok' || config.ngrokAuthtoken !== null) return config;
  const token = await context.ask.hidden({
    message: 'Your ngrok authtoken, from https://dashboard.ngrok.com/get-started/your-authtoken',
    instead: 'set NGROK_AUTHTOKEN',
    validate: (value) => (/^\S{20,}$/.test(value) ? undefined : 'It is one word of about 50 characters.'),
  });
  const { env, cwd } = context.surroundings;
  const kept = envFile(cwd, env).keep({ NGROK_AUTHTOKEN: token }, { replace: true });
  context.say(`Kept as NGROK_AUTHTOKEN in ${kept.path}.`);
  const again = await load();
  if (again.ngrokAuthtoken !== null) return again;
  throw new CliError(EXIT.usage, 'The environment sets NGROK_AUTHTOKEN to nothing, which wins over .env: unset it.');
}

/** A tunnel that cannot be opened is nothing that can be reached. */
export function tunnelInWords(error: unknown): unknown {
  if (!(error instanceof TunnelError)) return error;
  return new CliError(EXIT.unreachable, `The tunnel could not be opened. ${error.message}`, { cause: error });
}
