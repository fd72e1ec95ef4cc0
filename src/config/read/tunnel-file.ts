import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasCode } from '../../shared/files/has-code.ts';
import { makePrivateDirectory, OWNER_ONLY_FILE } from '../../shared/files/private-files.ts';

/** The tunnel that `start --tunnel` holds open, noted in DATA_DIR for other commands. Gone when it ends well. */
export interface OpenTunnel {
  readonly kind: string;
  /** What GitHub calls, complete: with `/webhooks/<source>`, or a forwarder's channel. */
  readonly webhookUrl: string;
  /** Of the process that holds it. */
  readonly pid: number;
}

/** Null: no tunnel is open. A note left by a process that was killed is none. */
export function readTunnel(dataDir: string): OpenTunnel | null {
  try {
    const tunnel = JSON.parse(readFileSync(tunnelPath(dataDir), 'utf8')) as OpenTunnel;
    process.kill(tunnel.pid, 0);
    return tunnel;
  } catch {
    return null;
  }
}

export function writeTunnel(dataDir: string, tunnel: OpenTunnel): void {
  const path = tunnelPath(dataDir);
  makePrivateDirectory(dirname(path));
  writeFileSync(path, `${JSON.stringify(tunnel)}\n`, { mode: OWNER_ONLY_FILE });
}

export function clearTunnel(dataDir: string): void {
  try {
    rmSync(tunnelPath(dataDir));
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}

function tunnelPath(dataDir: string): string {
  return join(dataDir, 'tunnel.json');
}
