import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { TunnelError } from '../../model/tunnel.ts';
import { makePrivateDirectory, OWNER_ONLY_FILE } from '../../shared/files/private-files.ts';
import { request } from '../../shared/outbound.ts';

const SMEE = 'https://smee.io';
const TIMEOUT_MS = 10_000;

/**
 * The channel's address: the one wanted, else the one kept in `path` by an earlier start, else a new one, which is kept.
 * An address without a path is a smee server of one's own.
 * @throws TunnelError
 */
export async function channelOf(wanted: string | null, path: string, signal: AbortSignal): Promise<string> {
  const server = new URL(wanted ?? SMEE);
  if (server.pathname.length > 1) return server.href.replace(/\/$/, '');
  const kept = keptChannel(path);
  if (kept !== null && new URL(kept).origin === server.origin) return kept;
  const channel = await newChannel(server.origin, signal);
  makePrivateDirectory(dirname(path));
  // Whoever knows it can read what goes through.
  writeFileSync(path, `${channel}\n`, { mode: OWNER_ONLY_FILE });
  return channel;
}

/** GET /new answers with a redirection to a channel that nobody else has. */
async function newChannel(origin: string, signal: AbortSignal): Promise<string> {
  const answer = await request({ method: 'GET', url: `${origin}/new`, timeoutMs: TIMEOUT_MS, signal });
  if (answer.kind !== 'answered') throw new TunnelError(`${origin} cannot be reached: ${answer.reason}`);
  const location = answer.headers.get('location');
  const channel = location === null ? null : URL.parse(location, origin);
  if (answer.status < 300 || answer.status > 399 || channel === null) {
    throw new TunnelError(
      `${origin}/new gave no channel (it answered ${answer.status}). Make one in a browser, and start with --tunnel-url and its address.`,
    );
  }
  return channel.href;
}

function keptChannel(path: string): string | null {
  try {
    const text = readFileSync(path, 'utf8').trim();
    return URL.canParse(text) ? text : null;
  } catch {
    return null;
  }
}
