// What the package exports: `import { createTidings } from 'tidings'`. docs/library.md shows it at work.

export { type AmqpOptions, amqpDestination } from './destinations/amqp/library.ts';
export { type CommandOptions, commandDestination } from './destinations/command/library.ts';
export { type ConsoleOptions, consoleDestination } from './destinations/console/library.ts';
export { type DiscordOptions, discordDestination } from './destinations/discord/library.ts';
export { type EmailOptions, emailDestination } from './destinations/email/library.ts';
export { type GoogleChatOptions, googleChatDestination } from './destinations/google-chat/library.ts';
export { type GotifyOptions, gotifyDestination } from './destinations/gotify/library.ts';
export { type HttpOptions, httpDestination } from './destinations/http/library.ts';
export { type MatrixOptions, matrixDestination } from './destinations/matrix/library.ts';
export { type NatsOptions, natsDestination } from './destinations/nats/library.ts';
export { type NtfyOptions, ntfyDestination } from './destinations/ntfy/library.ts';
export { type PagerdutyOptions, pagerdutyDestination } from './destinations/pagerduty/library.ts';
export { type RedisOptions, redisDestination } from './destinations/redis/library.ts';
export { type SlackOptions, slackDestination } from './destinations/slack/library.ts';
export { type SqlOptions, sqlDestination } from './destinations/sql/library.ts';
export { type TeamsOptions, teamsDestination } from './destinations/teams/library.ts';
export { type TelegramOptions, telegramDestination } from './destinations/telegram/library.ts';
export { type DestinationOptions, destination, type SendResult } from './library/destination.ts';
export { generatedSecret } from './library/generated-secret.ts';
export type {
  FilterOptions,
  PersonOptions,
  QuietOptions,
  ReminderOptions,
  RetentionOptions,
  RuleOptions,
  TeamOptions,
} from './library/rule-options.ts';
export { createTidings, type Tidings, type TidingsOptions } from './library/tidings.ts';
export type { Activity, Person, Place, Said, Subject, Tone } from './model/activity.ts';
export type {
  Account,
  CardContent,
  CardRack,
  CardView,
  Destination,
  Message,
  Outcome,
  Receipt,
  RetryPolicy,
  SendContext,
  Shown,
} from './model/destination.ts';
export type { EventId, EventState, StoredEvent } from './model/event.ts';
export type { EventFate, Fate } from './model/fate.ts';
export type { Headers } from './model/headers.ts';
export type { EventFilter, EventRecord, EventSummary } from './model/inbox/records.ts';
export type { Fact, FactValue, KeptFact, Known, SubjectState } from './model/known/card.ts';
export { type ActivityFields, activity } from './model/new-activity.ts';
export type { Mention, Notification } from './model/notification.ts';
export type { Rule } from './model/rule.ts';
export type {
  Handshake,
  Normalised,
  NotNow,
  Received,
  ReceivedEvent,
  RefusalCause,
  Refused,
  Reply,
  Source,
  SourceRequest,
  Unidentified,
} from './model/source.ts';
export { Secret } from './shared/secret.ts';
export { type GithubOptions, type GithubTold, githubActivity, githubSource } from './sources/github/library.ts';
export { describe } from './text/describe.ts';
export { htmlOf } from './text/markdown/write-html.ts';
