import { spawn } from 'node:child_process';
import { supervised } from './postgres.ts';
import { freePort } from './tidings-process.ts';

// For `node --test --test-global-setup`: one Postgres for all test files. It is being made while the first ones run, and whoever
// needs it waits for it (postgres.ts).

let stop: (() => void) | undefined;

export async function globalSetup(): Promise<void> {
  if (process.env['DATABASE_URL_TEST']) return;
  const port = await freePort();
  const supervisor = spawn(process.execPath, supervised(port), { stdio: ['pipe', 'ignore', 'inherit'] });
  process.env['DATABASE_URL_TEST_IS_OURS'] = 'yes';
  process.env['DATABASE_URL_TEST'] = `postgres://postgres@127.0.0.1:${port}/`;
  stop = () => supervisor.stdin.end();
}

export function globalTeardown(): void {
  stop?.();
}
