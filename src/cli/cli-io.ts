import type { Readable, Writable } from 'node:stream';
import pc from 'picocolors';
import type { Colors } from '../model/plugin/talk.ts';

export interface Output {
  /**
   * Resolves when the reader has taken it, or has gone. Who awaits it is as slow as the reader, and keeps nothing in memory
   * for him; who does not may forget about it: a rejection that nobody handles ends nothing.
   * @throws Error when it cannot be written: the disk is full
   */
  write(chunk: string | Uint8Array): Promise<void>;
  /** The last `write`: all before it was taken too. */
  written(): Promise<void>;
  readonly isTTY: boolean;
  /** Of the terminal; 80 where there is none. */
  readonly columns: number;
}

/** The process as the commands see it. */
export interface CliIo {
  /** Data. */
  readonly stdout: Output;
  /** Talk: banners, progress, hints, errors. */
  readonly stderr: Output;
  /** Where a person can be asked: stdin and stderr are a terminal. Null: nobody can. */
  readonly terminal: { readonly input: Readable; readonly output: Writable } | null;
  /** The first line of what is piped in; '' when that is nothing, or when `stop` comes first. Null: stdin is a terminal. */
  readonly firstLine: (() => Promise<string>) | null;
  /** All that is piped in. Null: stdin is a terminal. */
  readonly input: (() => Readable) | null;
  /** Aborts at the first SIGINT or SIGTERM, or when the terminal is closed: finish what is in hand. */
  readonly stop: AbortSignal;
  /** Aborts at the second: leave at once. */
  readonly force: AbortSignal;
  /** Aborts when nobody reads stdout any more (`| head`). What is written after that is dropped; servers go on. */
  readonly closed: AbortSignal;
  /** NO_COLOR is set. */
  readonly noColor: boolean;
}

export function colorsFor(output: Output, io: CliIo): Colors {
  return pc.createColors(output.isTTY && !io.noColor);
}
