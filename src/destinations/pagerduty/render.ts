import type { Activity } from '../../model/activity.ts';
import type { Notification } from '../../model/notification.ts';
import type { Severity } from '../../model/scales.ts';
import { asRepeat } from '../../text/as-repeat.ts';
import { honestUrl, hostOf } from '../../text/honest-url.ts';
import { plainLines } from '../../text/markdown/write-plain.ts';
import { cut, oneLine } from '../../text/plain.ts';
import { sentence } from '../../text/sentence.ts';
import { homeOf, placeOf, subjectName } from '../../text/subject.ts';
import { alertKey, meaningOf } from './meaning.ts';
import type { AlertSeverity } from './settings.ts';

type Details = Readonly<Record<string, string | number | readonly string[]>>;

interface Link {
  readonly href: string;
  readonly text: string;
}

/** https://developer.pagerduty.com/docs/send-change-event */
export interface ChangeEvent {
  readonly payload: {
    readonly summary: string;
    readonly source: string;
    readonly timestamp: string;
    readonly custom_details: Details;
  };
  readonly links?: readonly Link[];
}

/** https://developer.pagerduty.com/docs/send-alert-event */
export interface TriggerEvent extends ChangeEvent {
  readonly event_action: 'trigger';
  readonly dedup_key: string;
  readonly client: 'Tidings';
  readonly payload: ChangeEvent['payload'] & {
    readonly severity: AlertSeverity;
    readonly class: string;
    readonly component?: string;
    readonly group?: string;
  };
}

export interface ResolveEvent {
  readonly event_action: 'resolve';
  readonly dedup_key: string;
}

/** What is sent of a notification, all of it plain text. `links` and `custom_details` have what is known. */
export type Rendered =
  | { readonly meaning: 'trigger'; readonly event: TriggerEvent }
  | { readonly meaning: 'resolve'; readonly event: ResolveEvent }
  | { readonly meaning: 'change'; readonly event: ChangeEvent };

const GRADES: Readonly<Record<Severity, AlertSeverity>> = {
  critical: 'critical',
  high: 'error',
  medium: 'warning',
  low: 'info',
};

/** Of a PagerDuty event: 1,024 of `summary`, of which a phone shows less, and 512 KB of all. */
const LIMITS = { name: 200, list: 20, lines: 20, line: 300, url: 1_000 } as const;

/** `severity`: of what nobody has graded. */
export function render(
  notification: Notification,
  {
    severity,
    maybeRepeated = false,
  }: { readonly severity: AlertSeverity; readonly maybeRepeated?: boolean | undefined },
): Rendered {
  const { activity } = notification;
  const meaning = meaningOf(notification);
  const key = alertKey(activity);
  if (meaning === 'resolve') return { meaning, event: { event_action: 'resolve', dedup_key: key } };
  const { payload, ...links } = changeOf(notification);
  // An alert that is told twice is one; a change is not.
  if (meaning === 'change') {
    return {
      meaning,
      event: {
        payload: { ...payload, summary: maybeRepeated ? asRepeat(payload.summary) : payload.summary },
        ...links,
      },
    };
  }
  const { facets, account, kind } = activity;
  const component = text(facets.workflow[0] ?? facets.environment);
  const group = text(account);
  const event: TriggerEvent = {
    event_action: 'trigger',
    dedup_key: key,
    client: 'Tidings',
    payload: {
      ...payload,
      severity: facets.severity === null ? severity : GRADES[facets.severity],
      class: text(kind) || 'event',
      ...(component && { component }),
      ...(group && { group }),
    },
    ...links,
  };
  return { meaning, event };
}

function changeOf(notification: Notification): ChangeEvent {
  const { activity } = notification;
  const link = linkOf(activity);
  return {
    payload: {
      summary: sentence(activity) || text(activity.said.headline) || text(activity.kind),
      source: placeOf(activity) || text(activity.source) || 'Tidings',
      timestamp: timestampOf(notification),
      custom_details: detailsOf(notification),
    },
    ...(link && { links: [link] }),
  };
}

/** Under words that cannot name another host. */
function linkOf(activity: Activity): Link | null {
  const href = honestUrl(activity.subject?.url ?? null, LIMITS.url) ?? homeOf(activity);
  return href === null ? null : { href, text: `Open at ${hostOf(href)}` };
}

/** Of the years that everybody counts alike. */
function timestampOf({ activity: { occurredAt }, receivedAt }: Notification): string {
  const happened = occurredAt === null ? null : new Date(occurredAt);
  const year = happened?.getUTCFullYear() ?? 0;
  return (happened !== null && year >= 1970 && year <= 9999 ? happened : new Date(receivedAt)).toISOString();
}

function detailsOf({ activity, transition, mentions, eventId, rule }: Notification): Details {
  const { said, facets, actor } = activity;
  const details = {
    about: text(subjectName(activity)),
    where: placeOf(activity),
    branch: text(facets.branch),
    tag: text(facets.tag),
    environment: text(facets.environment),
    // Whose token a machine uses is nobody's fault.
    by: said.did === null ? '' : text(actor?.login),
    compared: text(transition),
    facts: texts(said.facts),
    labels: texts(facets.labels),
    assigned_to: texts(facets.assignees),
    called: texts(mentions.map(({ name }) => name)),
    text: plainLines(said.excerpt ?? '', LIMITS.lines)
      .map((line) => cut(line, LIMITS.line))
      .join('\n'),
    kind: text(activity.kind),
    rule: text(rule),
    tidings_event: eventId,
  };
  return Object.fromEntries(
    Object.entries(details).filter(([, value]) => typeof value === 'number' || value.length > 0),
  );
}

function text(value: string | null | undefined): string {
  return cut(oneLine(value ?? ''), LIMITS.name);
}

function texts(values: readonly string[]): readonly string[] {
  return values.slice(0, LIMITS.list).map(text).filter(Boolean);
}
