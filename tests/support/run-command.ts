import { runTidings } from './tidings-process.ts';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `tidings <args>` to its end. */
export async function runCommand(
  args: readonly string[],
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  // A port nobody uses is only asked for where the command might listen.
  await using running = await runTidings(args, dataDir, { PORT: '1', ...env });
  const code = await running.ended;
  return { code, ...running.output };
}
