import { once } from 'node:events';
import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One start of the stand-in for cloudflared. */
export interface DoubleStart {
  readonly pid: number;
  /** Where it takes requests from "the internet". */
  readonly port: number;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface CloudflaredDouble {
  /** What makes the stand-in the one on PATH. */
  readonly env: Readonly<Record<string, string>>;
  /** A folder: what it says is in tests/doubles/cloudflared. */
  readonly folder: string;
  /** By the port in its address. */
  started(port: number): Promise<DoubleStart>;
}

export async function cloudflaredOnPath(dir: string): Promise<CloudflaredDouble> {
  const folder = join(dir, 'cloudflared-double');
  await mkdir(join(folder, 'bin'), { recursive: true });
  await symlink(fileURLToPath(new URL('../doubles/cloudflared', import.meta.url)), join(folder, 'bin', 'cloudflared'));
  const path = process.env['PATH'] ?? '';
  return {
    env: { PATH: `${join(folder, 'bin')}${delimiter}${path}`, TUNNEL_DOUBLE: folder },
    folder,
    async started(port) {
      for (const name of await readdir(folder)) {
        if (!name.endsWith('.json')) continue;
        const start = JSON.parse(await readFile(join(folder, name), 'utf8')) as Omit<DoubleStart, 'pid'>;
        if (start.port === port) return { ...start, pid: Number.parseInt(name, 10) };
      }
      throw new Error(`no cloudflared was started at ${port}`);
    },
  };
}

/** Resolves when whoever listens at the port has ended: its connections close. */
export async function gone(port: number): Promise<{ readonly closed: Promise<unknown> }> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  await once(socket, 'connect');
  return { closed: once(socket, 'close') };
}

/** The ports of the stand-ins' addresses in what was printed, in order, each once. */
export function portsIn(text: string): number[] {
  return [
    ...new Set([...text.matchAll(/https:\/\/words-(\d+)\.[a-z-]+\.(?:com|app)/g)].map(([, port]) => Number(port))),
  ];
}
