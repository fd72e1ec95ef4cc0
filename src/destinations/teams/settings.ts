import type { Secret } from '../../shared/secret.ts';

export interface TeamsSettings {
  /** Whoever knows it can post. */
  readonly webhook_url: Secret;
  /** Messages a minute. 0: no pace. */
  readonly per_minute: number;
}
