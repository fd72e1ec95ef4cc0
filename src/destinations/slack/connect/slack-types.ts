import type { Secret } from '../../../shared/secret.ts';

/** Who a bot token belongs to. */
export interface SlackBot {
  /** The bot's name, as in `/invite @name`. */
  readonly name: string;
  /** The workspace. */
  readonly team: string;
  /** What its app may do. Null: Slack did not say. */
  readonly scopes: readonly string[] | null;
}

export interface SlackChannel {
  /** Such as C024BE91L; it stays when the channel is renamed. */
  readonly id: string;
  /** Without `#`. */
  readonly name: string;
  readonly isPrivate: boolean;
  readonly isMember: boolean;
  readonly isArchived: boolean;
}

/**
 * refused      Slack said no; `problem` says what is wrong and what to do
 * later        Slack is busy or ill
 * unreachable  no answer came
 */
export type SlackAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly kind: 'refused' | 'later' | 'unreachable'; readonly problem: string };

/** Where a hello goes; `bot` and the channel's name are for the words of what goes wrong. */
export type SlackWay =
  | { readonly kind: 'webhook'; readonly url: Secret }
  | {
      readonly kind: 'bot';
      readonly token: Secret;
      readonly channel: string;
      readonly shown: string;
      readonly bot: string;
    };

/** Slack asked by a person, about one webhook or one bot token. Only `hello` posts. Never throws for what Slack does. */
export interface SlackClient {
  whoIs(token: Secret, signal: AbortSignal): Promise<SlackAnswer<SlackBot>>;
  /** Public channels, and the private ones that the bot is in; by name. */
  channels(
    token: Secret,
    options: { readonly archived: boolean },
    signal: AbortSignal,
  ): Promise<SlackAnswer<readonly SlackChannel[]>>;
  /** By id; a refusal when the bot cannot see it. */
  channel(token: Secret, id: string, signal: AbortSignal): Promise<SlackAnswer<SlackChannel>>;
  /** Is there a webhook behind this address? Sends what every webhook refuses. `value`: what it answered. */
  probe(webhookUrl: Secret, signal: AbortSignal): Promise<SlackAnswer<string>>;
  /** Posts one message that says that Tidings is connected. */
  hello(way: SlackWay, signal: AbortSignal): Promise<SlackAnswer<null>>;
  /** Whether Socket Mode takes this app-level token; nothing is connected by it. */
  socket(appToken: Secret, signal: AbortSignal): Promise<SlackAnswer<null>>;
  /** What is wrong with posting there, as far as can be told without posting. Null: nothing. */
  obstacle(bot: SlackBot, channel: SlackChannel): string | null;
}
