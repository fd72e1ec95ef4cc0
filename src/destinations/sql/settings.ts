import type { Secret } from '../../shared/secret.ts';

export interface SqlSettings {
  /** `postgres://…`, `mysql://…`, or `sqlite:` and a path. It holds a password. */
  readonly url: Secret;
  /** `activities`, `reports.activities` */
  readonly table: string;
  /** The column that is unique: our key. */
  readonly key: string;
  /** Column → expression. Absent: COLUMNS. */
  readonly columns?: Readonly<Record<string, string>>;
  /** Rows on their way at once. */
  readonly concurrency: number;
  readonly timeout_ms: number;
}

/** What is written where no columns are named. */
export const COLUMNS: Readonly<Record<string, string>> = {
  event_id: 'notification.eventId',
  kind: 'activity.kind',
  source: 'activity.source',
  repo: 'activity.repo.fullName',
  actor: 'activity.actor.login',
  headline: 'activity.headline',
  title: 'activity.subject.title',
  url: 'activity.subject.url',
  occurred_at: 'notification.timestamp',
  data: 'notification.json',
};
