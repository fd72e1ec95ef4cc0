import { PATIENCE_MS } from './patience.ts';
import { runTidings } from './tidings-process.ts';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `tidings <args>` to its end; one that does not end is killed, and its code is null. `input` is piped in. */
export async function runCommand(
  args: readonly string[],
  dataDir: string,
  env: Readonly<Record<string, string | undefined>> = {},
  input: string | null = null,
): Promise<Finished> {
  // A port nobody uses is only asked for where the command might listen.
  await using running = await runTidings(args, dataDir, { PORT: '1', ...env }, input);
  const timer = setTimeout(() => void running.kill(), PATIENCE_MS);
  const code = await running.ended;
  clearTimeout(timer);
  return { code, ...running.output };
}
