export interface PollRequest {
  /** `owner/name` */
  readonly repo: string;
  /** Least time between two questions, ms. GitHub's X-Poll-Interval may ask for more. */
  readonly intervalMs: number;
  /** Tell what happened since then, ms since 1970, as far back as GitHub's list goes. Null: go on, or begin now. */
  readonly since: number | null;
  /** Ask once, tell, end. */
  readonly once: boolean;
  /** Called with the figures so far every so often. Null: nobody asked. */
  readonly report: { readonly everyMs: number; tell(report: PollReport): Promise<void> } | null;
}

/** What one way of hearing about a repository cost and brought. */
export interface WayFigures {
  readonly requests: number;
  /** Of them answered "nothing new" (304), which uses up nothing of the rate limit. */
  readonly unchanged: number;
  /** Events stored. */
  readonly found: number;
  /** From the happening, by GitHub's clock (whole seconds), to our receipt. Null: nothing says. */
  readonly averageDelayMs: number | null;
  readonly worstDelayMs: number | null;
}

export interface PollReport {
  /** ms since 1970 */
  readonly from: number;
  readonly to: number;
  readonly poll: WayFigures;
  /** The same repository and time, from the inbox's record. */
  readonly webhooks: WayFigures;
}

/** Why polling cannot go on: a sentence for a person. */
export class PollError extends Error {
  override readonly name = 'PollError';
  readonly reason: 'not_found' | 'refused' | 'unreachable';

  constructor(reason: PollError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}
