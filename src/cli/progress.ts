import type { Context } from './context.ts';

export interface Progress {
  step(done: number): void;
  end(): void;
}

/** Below this many, the results themselves are the progress. */
const WORTH_SHOWING = 20;
const TERMINAL_EVERY_MS = 100;
const ELSEWHERE_EVERY_MS = 5_000;

/** One line that changes on a terminal; a line every few seconds elsewhere. `total`: null where it is known at the end only. `unit`: ` MB`. */
export function progress(context: Context, verb: string, total: number | null, unit = ''): Progress {
  const { stderr } = context.io;
  const every = stderr.isTTY ? TERMINAL_EVERY_MS : ELSEWHERE_EVERY_MS;
  let last = context.clock.monotonic();
  const of = total === null ? '' : ` of ${total.toLocaleString('en-US')}`;
  let drawn = false;
  return {
    step: (done) => {
      const now = context.clock.monotonic();
      if ((total !== null && total <= WORTH_SHOWING) || now - last < every) return;
      last = now;
      drawn = true;
      const line = `${verb} ${done.toLocaleString('en-US')}${of}${unit}`;
      void stderr.write(stderr.isTTY ? `\r${line}` : `${line}\n`);
    },
    end: () => {
      if (drawn && stderr.isTTY) void stderr.write('\r\u001b[K');
      drawn = false;
    },
  };
}
