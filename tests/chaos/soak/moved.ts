import { closeSync, openSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The hands of a clock that processes read through `moved-clock.cjs`. */
export interface MovedClock extends Disposable {
  /** What makes a process read it. */
  readonly env: Readonly<Record<string, string>>;
  /** From now on it is off by so much, ms. */
  set(byMs: number): void;
}

const PRELOADED = fileURLToPath(new URL('./moved-clock.cjs', import.meta.url));

export function openMovedClock(path: string): MovedClock {
  const file = openSync(path, 'w', 0o600);
  const set = (byMs: number) => void writeSync(file, new Float64Array([byMs]), 0, 8, 0);
  set(0);
  return {
    env: { TIDINGS_TEST_CLOCK: path, NODE_OPTIONS: `--require ${PRELOADED}` },
    set,
    [Symbol.dispose]: () => closeSync(file),
  };
}
