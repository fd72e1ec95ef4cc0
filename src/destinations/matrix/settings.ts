import type { Secret } from '../../shared/secret.ts';

/** What becomes of later news about one issue: a message in its thread, or one of its own. */
export const FOLLOW_UPS = ['thread', 'post'] as const;

export interface MatrixSettings {
  /** Base address of the server's API, without a slash at its end. */
  readonly homeserver: string;
  readonly access_token: Secret;
  /** `!opaque:example.org` */
  readonly room_id: string;
  readonly follow_ups: (typeof FOLLOW_UPS)[number];
  /** Messages a minute. 0: no pace. */
  readonly per_minute: number;
}
