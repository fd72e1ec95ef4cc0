import { PATIENCE_MS } from './patience.ts';

/** What a program prints, as it comes. */
export interface Heard {
  /** Everything printed so far. */
  readonly output: {
    stdout: string;
    stderr: string;
    /** Both, in the order of writing. */
    shown: string;
  };
  add(stream: 'stdout' | 'stderr', text: string): void;
  /** Resolves when `pattern` has been printed on either stream; rejects when the program ends or after `PATIENCE_MS`. */
  printed(pattern: RegExp): Promise<void>;
}

/** `exited` settles when the program has ended. */
export function hear(exited: Promise<unknown>): Heard {
  const output = { stdout: '', stderr: '', shown: '' };
  const watchers = new Set<() => void>();
  return {
    output,
    add(stream, text) {
      output[stream] += text;
      output.shown += text;
      for (const look of watchers) look();
    },
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const done = (error?: Error) => {
          watchers.delete(look);
          clearTimeout(timer);
          if (error) reject(error);
          else resolve();
        };
        const fail = (why: string) =>
          done(new Error(`${why} before printing ${pattern}:\n${output.stdout}\n--- stderr\n${output.stderr}`));
        const look = () => {
          if (pattern.test(output.stdout) || pattern.test(output.stderr)) done();
        };
        const timer = setTimeout(() => fail(`${PATIENCE_MS / 1000} s passed`), PATIENCE_MS);
        void exited.then(() => fail('it ended'));
        watchers.add(look);
        look();
      }),
  };
}
