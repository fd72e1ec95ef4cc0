import type { Tone } from '../../model/activity.ts';

/** What we use of an embed: https://docs.discord.com/developers/resources/message#embed-object */
export interface Embed {
  readonly title: string;
  readonly url?: string;
  readonly description?: string;
  readonly image?: { readonly url: string };
  readonly color: number;
  /** ISO 8601; each reader sees it in their own time zone. */
  readonly timestamp?: string;
  /** Plain text, as in the footer: no Markdown there. */
  readonly author?: { readonly name: string; readonly url?: string; readonly icon_url?: string };
  readonly fields?: readonly { readonly name: string; readonly value: string }[];
  readonly footer?: { readonly text: string };
}

/** A message as it is posted or edited. */
export interface DiscordMessage {
  /** Whom it calls: in an embed a mention rings nobody. Empty where it is nobody, so that an edit takes the earlier ones away. */
  readonly content: string;
  readonly embeds: readonly Embed[];
  /** In every request: without it `@everyone` in anybody's text is one. */
  readonly allowed_mentions: AllowedMentions;
}

export interface AllowedMentions {
  /** With it `@everyone` and `@here` call, wherever they stand in `content`. */
  readonly parse: readonly 'everyone'[];
  readonly users: readonly string[];
  readonly roles: readonly string[];
}

/** https://docs.discord.com/developers/resources/message#embed-object-embed-limits, in UTF-16 units to be on the safe side. */
export const LIMITS = {
  title: 256,
  description: 4096,
  fields: 25,
  fieldName: 256,
  fieldValue: 1024,
  footer: 2048,
  author: 256,
  /** Over all texts of all embeds. */
  embeds: 6000,
  content: 2000,
  threadName: 100,
} as const;

/** GitHub's own colours for open, merged and failed. */
export const COLORS: Readonly<Record<Tone, number>> = {
  opened: 0x1a7f37,
  good: 0x1a7f37,
  bad: 0xcf222e,
  waiting: 0xbf8700,
  done: 0x8250df,
  neutral: 0x6e7781,
};
