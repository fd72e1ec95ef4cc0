/** The time, as an argument: production uses `systemClock`, tests turn the hands themselves. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds with fractions, only for differences. */
  monotonic(): number;
  /** Calls `fire` once after `ms`. Returns the function that cancels it. Does not keep the process alive. */
  after(ms: number, fire: () => void): () => void;
}

/** 24.8 days. The platform's timers take a longer wait for none, and ring at once. */
const LONGEST_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, fire) => {
    const goOn = () => void (cancel = systemClock.after(ms - LONGEST_MS, fire));
    const timer = (ms <= LONGEST_MS ? setTimeout(fire, ms) : setTimeout(goOn, LONGEST_MS)).unref();
    let cancel = () => clearTimeout(timer);
    return () => cancel();
  },
};
