import type { Env } from '../config/read/process-env.ts';
import type { createLog } from '../shared/log.ts';

/** What the app needs of the process it runs in. */
export interface Surroundings {
  readonly env: Env;
  readonly cwd: string;
  readonly version: string;
  readonly nodeVersion: string;
  readonly invocation: string;
  /** Where the console destination writes its cards. */
  readonly console: { write(text: string): Promise<void>; readonly color: boolean; readonly width: number };
  /** SIGHUP where there is no terminal to be closed: the settings are to be read again. */
  readonly onHangup: (listener: () => void) => void;
  /** Where log lines go; null: JSON lines on stderr. */
  readonly logStream: Parameters<typeof createLog>[1] | null;
}
