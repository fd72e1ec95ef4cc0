/** The paces that lanes share, whichever process owns them: limits belong to accounts. */
export interface Accounts {
  /**
   * Takes the next `slots` of an account, each `intervalMs` long. Whoever asks first goes first, however much others have to say.
   * `account`: its fingerprint, for its `rateKey` may hold a secret.
   */
  reserve(account: string, slots: number, intervalMs: number): Promise<Reservation>;
  /**
   * What had to wait begins now: what is reserved from here on begins after it, also where it is late. False: the account was told to slow
   * down since, and it has to be reserved anew.
   */
  claim(account: string, slots: number, intervalMs: number, slowdowns: number): Promise<boolean>;
  /** Whatever is reserved from now on begins in `ms` at the earliest; what was before is no longer good. */
  slowDown(account: string, ms: number): Promise<void>;
}

export interface Reservation {
  /** Until the first slot: a duration, so that nobody needs another one's clock. At most MAX_PAUSE_MS. */
  readonly waitMs: number;
  /** How often the account was told to slow down: for `claim`. */
  readonly slowdowns: number;
}
