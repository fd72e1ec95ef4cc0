/** A call that came too early. */
export interface Limited {
  readonly method: string;
  readonly at: number;
  /** Seconds. */
  readonly retryAfter: number;
}

const MINUTE_MS = 60_000;

/** Who called what when: tiers a minute, and pauses that were asked for. */
export class Limits {
  readonly limited: Limited[] = [];
  readonly #recent = new Map<string, number[]>();
  readonly #until = new Map<string, number>();

  /** Seconds to wait; null: the call is taken. `key`: what is counted together. */
  take(key: string, perMinute: number, at: number): number | null {
    const recent = (this.#recent.get(key) ?? []).filter((time) => time > at - MINUTE_MS);
    const oldest = recent.at(-perMinute);
    if (oldest === undefined) recent.push(at);
    this.#recent.set(key, recent);
    return oldest === undefined ? null : Math.max(1, Math.ceil((oldest + MINUTE_MS - at) / 1000));
  }

  /** Seconds that are left of the pause that was asked for. Null: none. */
  pause(key: string, at: number): number | null {
    const left = (this.#until.get(key) ?? 0) - at;
    return left > 0 ? Math.ceil(left / 1000) : null;
  }

  refuse(key: string, limited: Limited): void {
    this.limited.push(limited);
    this.#until.set(key, limited.at + limited.retryAfter * 1000);
  }
}
