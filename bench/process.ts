import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { runServer, runTidings, type TidingsProcess } from '../tests/support/tidings-process.ts';

export interface Yardstick extends AsyncDisposable {
  readonly port: number;
}

/** Starts `tidings <role>` as a user would and resolves when it accepts work. */
export async function startTidings(
  role: 'start' | 'receive' | 'work',
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
): Promise<TidingsProcess> {
  const settings = { LOG_LEVEL: 'error', ...env };
  return role === 'work' ? runTidings(['work'], dataDir, settings) : runServer(role, dataDir, settings);
}

export async function startNoop(): Promise<Yardstick> {
  const script = new URL('./noop-server.ts', import.meta.url).pathname;
  const child: ChildProcess = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.stdout === null) throw new Error('no output to read the port from');
  const [line] = await once(createInterface(child.stdout), 'line');
  return {
    port: Number(line),
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}
