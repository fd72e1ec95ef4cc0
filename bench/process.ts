import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SECRET } from './deliveries.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

export interface Started extends AsyncDisposable {
  readonly port: number;
  readonly child: ChildProcess;
}

/** Starts `tidings <role>` as a user would, in `dataDir`, and resolves when it accepts work. */
export async function startTidings(
  role: 'start' | 'receive' | 'work',
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Started> {
  const port = await freePort();
  const child = spawn(process.execPath, ['bin/tidings.js', role], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      DATA_DIR: dataDir,
      PORT: String(port),
      GITHUB_WEBHOOK_SECRET: SECRET,
      TIDINGS_CONFIG: '',
      LOG_LEVEL: 'error',
      ...env,
    },
  });
  if (role !== 'work') await answers(`http://127.0.0.1:${port}/readyz`, child);
  return { port, child, [Symbol.asyncDispose]: () => stop(child) };
}

export async function startNoop(): Promise<Started> {
  const child = spawn(process.execPath, ['bench/noop-server.ts'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.stdout === null) throw new Error('no output to read the port from');
  const [line] = await once(createInterface(child.stdout), 'line');
  return { port: Number(line), child, [Symbol.asyncDispose]: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`tidings ended with exit code ${child.exitCode}`);
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // It does not listen yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
