import type { Secret } from '../../shared/secret.ts';

export interface GotifySettings {
  /** Of the server, without a slash at the end. */
  readonly url: string;
  /** Of an application: it posts, and reads nothing. */
  readonly token: Secret;
  /** 0 to 10, for every message. Absent: 8 for what is urgent, else 5. */
  readonly priority?: number;
}
