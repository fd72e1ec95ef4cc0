import type { Secret } from '../../shared/secret.ts';

export interface MatrixSettings {
  /** Base address of the server's API, without a slash at its end. */
  readonly homeserver: string;
  readonly access_token: Secret;
  /** `!opaque:example.org` */
  readonly room_id: string;
  /** Whether what is about one issue or incident goes into one thread. */
  readonly thread: boolean;
  /** Messages a minute. 0: no pace. */
  readonly per_minute: number;
}
