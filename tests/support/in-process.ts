import { createApp } from '../../src/run/app.ts';
import { type RunResult, runWith } from '../cli/test-app.ts';
import { SECRET } from './tidings-process.ts';

/** `tidings <args>` with all its rooms, in this process: without the half second that starting one takes. */
export function inProcess(
  args: readonly string[],
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
): Promise<RunResult> {
  return runWith(
    ({ stdout, stderr }) =>
      createApp({
        // A port nobody uses.
        env: { DATA_DIR: dataDir, GITHUB_WEBHOOK_SECRET: SECRET, PORT: '1', ...env },
        cwd: dataDir,
        version: '0.0.0',
        nodeVersion: process.versions.node,
        invocation: 'tidings',
        console: { write: stdout.write, color: false, width: 80 },
        logStream: { write: (line) => void stderr.write(line) },
        onHangup: () => undefined,
      }),
    args,
  );
}
