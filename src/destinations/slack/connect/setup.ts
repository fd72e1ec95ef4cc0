import type { Talk } from '../../../model/plugin/talk.ts';
import { notConnected } from '../../connecting.ts';
import type { AppSettings } from './app-manifest.ts';
import type { SlackSettings } from './slack-settings.ts';
import type { SlackAnswer, SlackClient, SlackWay } from './slack-types.ts';

export interface SlackConnectOptions {
  readonly webhook?: true;
  readonly bot?: true;
  readonly channel?: string;
  /** `cards,direct` */
  readonly with?: string;
  readonly manifest?: true;
  readonly replace?: true;
  /** False: `--no-hello`. */
  readonly hello?: boolean;
  readonly dryRun?: true;
}

/** What one `connect slack` works with. */
export interface Setup {
  readonly talk: Talk;
  readonly options: SlackConnectOptions;
  /** What the app is to be able to do. */
  readonly app: AppSettings;
  readonly settings: SlackSettings;
  readonly slack: SlackClient;
  /** The first line of what was piped in. Null: nothing was. */
  readonly piped: string | null;
}

/** What was found out, before anything is posted or written. */
export interface Connection {
  /** How the hello gets there. */
  readonly way: SlackWay;
  /** For people: `#releases in Acme`. */
  readonly where: string;
  /** What `.env` will hold. */
  readonly variables: Readonly<Record<string, string>>;
}

/** @throws ConnectError: what Slack refuses, that it cannot be asked, or that a person stopped it */
export function mustHave<T>(talk: Talk, answer: SlackAnswer<T>): T {
  if (answer.ok) return answer.value;
  throw notConnected(talk, answer);
}
