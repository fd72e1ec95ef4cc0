/** Whose hook: a repository's, an organisation's, or the app's whose token is given. */
export type HookOwner =
  | { readonly kind: 'repository'; readonly owner: string; readonly repo: string }
  | { readonly kind: 'organisation'; readonly org: string }
  | { readonly kind: 'app' };

export interface RecoverRequest {
  readonly owner: HookOwner;
  /** Null: the one hook that calls this receiver. */
  readonly hookId: number | null;
  /** Ask for no redelivery: fetch every payload. */
  readonly fetch: boolean;
  /** Ask for nothing and store nothing. */
  readonly dryRun: boolean;
  /** What was answered 2xx before the first run here belongs to an earlier receiver: leave it alone. */
  readonly sparesAnswered: boolean;
  /** Called once, as soon as it is known how many are missed: getting them takes a while. `how`: such as `reading their payloads`. */
  readonly onMissed?: (count: number, how: string) => void;
}

/**
 * redelivered  GitHub was asked to send it again, and it was accepted
 * fetched      its payload was read from GitHub's API and stored
 * left         neither; `why` says why
 */
export type RecoverOutcome = 'redelivered' | 'fetched' | 'left';

/** An event that GitHub has delivered, in vain, and that was never accepted here. */
export interface Missed {
  readonly guid: string;
  readonly type: string;
  readonly action: string | null;
  /** The first try, ms since 1970. */
  readonly deliveredAt: number;
  /** How the last try ended, in GitHub's words: `502 Bad Gateway`, `failed to connect`. */
  readonly answer: string;
  /** When GitHub drops the payload, ms since 1970. */
  readonly goneAt: number;
}

export interface Recovered extends Missed {
  readonly outcome: RecoverOutcome;
  readonly why: string | null;
}

export interface Recovery {
  readonly hook: { readonly id: number; readonly url: string };
  /** How far back the list was read, ms since 1970. */
  readonly since: number;
  /** Tries that GitHub lists since then. */
  readonly deliveries: number;
  /** Oldest first. In a dry run every one is `left`. */
  readonly missed: readonly Recovered[];
}

/** Why a recovery could not even begin, or broke off: a sentence for a person. */
export class RecoverError extends Error {
  override readonly name = 'RecoverError';
  readonly reason: 'not_allowed' | 'no_hook' | 'unreachable';

  constructor(reason: RecoverError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** `acme/api`, `acme`, `the app`. */
export function ownerText(owner: HookOwner): string {
  switch (owner.kind) {
    case 'repository':
      return `${owner.owner}/${owner.repo}`;
    case 'organisation':
      return owner.org;
    case 'app':
      return 'the app';
  }
}

/** `acme/api` is a repository, `acme` an organisation. Null: neither. */
export function parseOwner(text: string): HookOwner | null {
  const [, owner, repo] = /^([A-Za-z0-9_-]+)(?:\/([A-Za-z0-9._-]+))?$/.exec(text) ?? [];
  if (owner === undefined) return null;
  return repo === undefined ? { kind: 'organisation', org: owner } : { kind: 'repository', owner, repo };
}
