import type { Secret } from '../../shared/secret.ts';

export interface GithubSettings {
  /** Owners of webhooks whose missed deliveries are looked for: `acme/api`, `acme`. */
  readonly recover?: readonly string[];
  /** What GitHub is asked with. Null: as nobody, 60 requests an hour. */
  readonly token: Secret | null;
  /** Base of the REST API, without a trailing slash. */
  readonly api_url: string;
}
