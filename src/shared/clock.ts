/** The time, as an argument: production uses `systemClock`, tests turn the hands themselves. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds with fractions, only for differences. */
  monotonic(): number;
  /** Calls `fire` once after `ms`. Returns the function that cancels it. Does not keep the process alive. */
  after(ms: number, fire: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, fire) => {
    const timer = setTimeout(fire, ms).unref();
    return () => clearTimeout(timer);
  },
};
