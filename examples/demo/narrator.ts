import { setTimeout as sleep } from 'node:timers/promises';
import picocolors from 'picocolors';

export type Colors = ReturnType<typeof picocolors.createColors>;

export interface Narrator {
  readonly colors: Colors;
  title(text: string): void;
  say(...lines: readonly string[]): void;
  /** A line that the next one writes over; without a terminal it is left out. */
  live(text: string): void;
  /** Takes the live line away. */
  clear(): void;
  /** Time to read what was just said; none with `--fast`. */
  beat(ms: number): Promise<void>;
}

export function createNarrator(stream: NodeJS.WriteStream, options: { readonly isFast: boolean }): Narrator {
  const isTerminal = stream.isTTY ?? false;
  const colors = picocolors.createColors(isTerminal && !process.env['NO_COLOR']);
  let acts = 0;
  let isLive = false;

  function write(text: string): void {
    stream.write(`${isLive ? '\r\u001b[K' : ''}${text}`);
    isLive = false;
  }

  return {
    colors,
    title(text) {
      acts += 1;
      write(`\n${colors.bold(colors.cyan(`${acts}  ${text}`))}\n\n`);
    },
    say: (...lines) => write(lines.map((line) => `${line}\n`).join('')),
    live(text) {
      if (!isTerminal) return;
      write(colors.dim(`  ${text}`));
      isLive = true;
    },
    clear: () => write(''),
    beat: async (ms) => {
      if (!options.isFast) await sleep(ms);
    },
  };
}
