import type { Destination } from '../../model/destination.ts';
import { consoleDestination as createConsole } from './console-destination.ts';

export interface ConsoleOptions {
  /** Default `console`. */
  readonly name?: string;
  /** Default: standard output. What it returns is waited for. */
  readonly write?: (text: string) => void | Promise<void>;
  /** Default: no colours. */
  readonly color?: boolean;
  /** Columns; default 80. */
  readonly width?: number;
}

/** Cards in the terminal. */
export function consoleDestination(options: ConsoleOptions = {}): Destination {
  const write = (text: string) =>
    new Promise<void>((resolve, reject) => {
      process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
    });
  return createConsole({ name: 'console', write, color: false, width: 80, ...options });
}
