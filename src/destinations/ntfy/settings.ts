import type { Secret } from '../../shared/secret.ts';

export interface NtfySettings {
  /** Of the topic. Whoever knows it can read and post. */
  readonly url: Secret;
  /** `tk_…`. Absent: the topic takes messages from anybody. */
  readonly token?: Secret;
  /** 1 to 5, for every message. Absent: 4 for what is urgent, else 3. */
  readonly priority?: number;
  /** Messages a minute. 0: no pace. */
  readonly per_minute: number;
}
