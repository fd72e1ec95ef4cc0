import type { Secret } from '../../shared/secret.ts';
import type { Flavor } from './flavors/flavor.ts';

/** Either `webhook_url`, or `token` and `channel`, or `token` and `direct`, or `token` and `answers`. */
export interface SlackSettings {
  readonly webhook_url?: Secret;
  readonly token?: Secret;
  /** `#releases`, or the id of a channel or a person. */
  readonly channel?: string;
  /** It tells each person by direct message. Absent: no. */
  readonly direct?: boolean;
  /** The source whose asks it answers; then it tells nothing. */
  readonly answers?: string;
  /** Whether its messages have a menu; the bot's alone. Absent: no. */
  readonly menu?: boolean;
  /** Whose server takes the webhook's messages. Absent: Slack's, or one that shows the same. */
  readonly flavor?: Flavor;
  /** Whether what is about one issue or incident goes into one thread; the bot's alone. Absent: no. */
  readonly thread?: boolean;
  /** Whether each issue or incident has a card there; the bot's alone. Absent: where a rule says so. */
  readonly card?: boolean;
  /** Messages a second. 0: no pace. */
  readonly per_second: number;
  /** Base of Slack's Web API, without a trailing slash. */
  readonly api_url: string;
}
