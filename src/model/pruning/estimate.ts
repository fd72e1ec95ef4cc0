/** What would go. */
export interface Going {
  readonly count: number;
  /** That it frees. */
  readonly bytes: number;
  /** ms since 1970, of receipt. Null: nothing goes. */
  readonly oldest: number | null;
  readonly newest: number | null;
  /** False: reckoned from samples. */
  readonly isExact: boolean;
}

export interface Estimate {
  /** That outlived their term. */
  readonly bodies: Going;
  /** Besides, for want of room: so many bytes, the oldest first. */
  readonly early: { readonly bytes: number };
  readonly events: Going;
  /** Attempts that ended before go too; ms since 1970. Null: none. */
  readonly attemptsBefore: number | null;
}
