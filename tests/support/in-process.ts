import { type RunResult, runWith } from '../cli/test-cli.ts';
import { SECRET } from './tidings-process.ts';

/** `tidings <args>` with all its parts, in this process: without the half second that starting one takes. */
export function inProcess(
  args: readonly string[],
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
): Promise<RunResult> {
  // A port nobody uses.
  return runWith({ env: { DATA_DIR: dataDir, GITHUB_WEBHOOK_SECRET: SECRET, PORT: '1', ...env }, cwd: dataDir }, args);
}
