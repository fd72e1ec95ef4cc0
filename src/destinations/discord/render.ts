import type { Activity, Person } from '../../model/activity.ts';
import type { Message } from '../../model/destination.ts';
import type { Notification } from '../../model/notification.ts';
import { honestUrl } from '../../text/honest-url.ts';
import { sign } from '../../text/looks.ts';
import { onlyImage } from '../../text/markdown/only-image.ts';
import { cut, oneLine } from '../../text/plain.ts';
import { placeOf } from '../../text/sentence.ts';
import { subjectLine, unnamedBranch } from '../../text/subject.ts';
import { digestEmbed } from './digest.ts';
import { COLORS, type DiscordMessage, type Embed, LIMITS } from './embed.ts';
import { clip, escapeText, imageUrl, label, URL_LIMIT } from './escape.ts';
import { excerpt } from './excerpt.ts';
import { callOut } from './mentions.ts';

export interface Rendered {
  readonly body: DiscordMessage;
  /** What a thread about it is called. */
  readonly threadName: string;
  /** Whether somebody's phone is to ring. */
  readonly rings: boolean;
}

export function render(message: Message): Rendered {
  const notifications = message.kind === 'single' ? [message.notification] : message.notifications;
  const embed = message.kind === 'single' ? activityEmbed(message.notification) : digestEmbed(message.notifications);
  const { content, allowed, rings } = callOut(notifications.flatMap(({ mentions }) => mentions));
  return {
    body: { content, embeds: [embed], allowed_mentions: allowed },
    threadName: threadName(message) || 'Activity',
    rings,
  };
}

/** What happened, by whom, an excerpt where it helps, and where. */
function activityEmbed({ activity }: Notification): Embed {
  const { place, said } = activity;
  const { text, url, host } = subjectLine(activity, 200, URL_LIMIT);
  const title = `${sign(activity)} ${label(said.headline, 100)}`;
  const about = escapeText(text + (host && ` (${host})`));
  const page = url ?? honestUrl(place?.url ?? null, URL_LIMIT);
  const description = excerpt(said.excerpt ?? '');
  const image = imageUrl(onlyImage(said.excerpt ?? '')?.url ?? null);
  const footer = smallLine(activity);
  const timestamp = timeOf(activity.occurredAt);
  const author = authorOf(activity.actor);
  return {
    ...(author && { author }),
    title: clip(about ? `${title}: ${about}` : title, LIMITS.title),
    ...(page && { url: page }),
    ...(description && { description }),
    ...(image && { image: { url: image } }),
    color: COLORS[said.tone],
    ...(footer && { footer: { text: footer } }),
    ...(timestamp && { timestamp }),
  };
}

function authorOf(actor: Person | null): Embed['author'] {
  const name = cut(oneLine(actor?.login ?? ''), 80);
  if (actor === null || name === '') return undefined;
  const url = honestUrl(actor.url, URL_LIMIT);
  const icon = imageUrl(actor.avatarUrl);
  return { name, ...(url && { url }), ...(icon && { icon_url: icon }) };
}

/** Where, and what else there is to know: `acme/api · main ← retry-uploads · 4 commits · bug`. Plain text. */
function smallLine(activity: Activity): string {
  const labels = activity.facets.labels.map((name) => cut(oneLine(name), 60)).filter(Boolean);
  const more = labels.length > 4 ? ` +${labels.length - 4}` : '';
  const parts = [
    placeOf(activity),
    unnamedBranch(activity) ?? '',
    ...activity.said.facts.slice(0, 5),
    labels.slice(0, 4).join(', ') + more,
  ];
  return parts
    .map((part) => cut(oneLine(part), 140))
    .filter(Boolean)
    .join(' · ');
}

/** Null where the provider's clock says what no clock can. */
function timeOf(ms: number | null): string | null {
  const date = new Date(ms ?? Number.NaN);
  const year = date.getUTCFullYear();
  return year >= 1970 && year <= 9999 ? date.toISOString() : null;
}

/** Of a digest nobody's: then what is first in it would name a thread about all of it. */
function threadName(message: Message): string {
  if (message.kind === 'digest') return 'Activity';
  const { activity } = message.notification;
  return cut(subjectLine(activity, LIMITS.threadName, 0).text || oneLine(activity.said.headline), LIMITS.threadName);
}
