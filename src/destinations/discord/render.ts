import type { Person } from '../../model/activity.ts';
import { saidIn } from '../../model/carried.ts';
import type { Message } from '../../model/destination.ts';
import type { Notification } from '../../model/notification.ts';
import { asRepeat, REPEAT_SIGN } from '../../text/as-repeat.ts';
import { honestUrl } from '../../text/honest-url.ts';
import { doerOf, lineOf } from '../../text/line.ts';
import { sign } from '../../text/looks.ts';
import { pictureOf } from '../../text/picture.ts';
import { cut, oneLine } from '../../text/plain.ts';
import { smallLine, textOfSmallLine } from '../../text/small-line.ts';
import { subjectName } from '../../text/subject.ts';
import { digestEmbed } from './digest.ts';
import { COLORS, type DiscordMessage, type Embed, LIMITS } from './embed.ts';
import { clip, imageUrl, URL_LIMIT } from './escape.ts';
import { excerpt } from './excerpt.ts';
import { titleLine } from './line.ts';
import { callOut } from './mentions.ts';

export interface Rendered {
  /** As a message of its own. */
  readonly body: DiscordMessage;
  /** In place of an earlier one. To edit it twice changes nothing, so that it is never called a repeat. */
  readonly edit: DiscordMessage;
  /** What a thread about it is called. */
  readonly threadName: string;
  /** Whether somebody's phone is to ring. */
  readonly rings: boolean;
}

export function render(message: Message): Rendered {
  const notifications = saidIn(message);
  const embed = message.kind === 'single' ? activityEmbed(message.notification) : digestEmbed(message.notifications);
  const { content, allowed, rings } = callOut(notifications.flatMap(({ mentions }) => mentions));
  const edit = { content, embeds: [embed], allowed_mentions: allowed };
  return {
    body: message.maybeRepeated ? { ...edit, embeds: [maybeRepeated(embed)] } : edit,
    edit,
    threadName: threadName(message) || 'Activity',
    rings,
  };
}

function maybeRepeated(embed: Embed): Embed {
  return { ...embed, title: clip(`${REPEAT_SIGN} ${asRepeat(embed.title)}`, LIMITS.title) };
}

/** Who did what, an excerpt where it helps, and where. */
function activityEmbed({ activity }: Notification): Embed {
  const { place, said, subject } = activity;
  const line = lineOf(activity);
  const url = honestUrl(subject?.url ?? null, URL_LIMIT) ?? honestUrl(place?.url ?? null, URL_LIMIT);
  const description = excerpt(said.excerpt ?? '');
  const image = imageUrl(pictureOf(activity)?.url ?? null);
  // The author stands above.
  const { actor, ...below } = smallLine(activity, line);
  const footer = textOfSmallLine({ ...below, actor: null });
  const timestamp = timeOf(activity.occurredAt);
  const author = authorOf(line.form === 'worded' ? actor : doerOf(activity, line));
  return {
    ...(author && { author }),
    title: clip(`${sign(activity)} ${titleLine(activity, line, URL_LIMIT)}`, LIMITS.title),
    ...(url && { url }),
    ...(description && { description }),
    ...(image && { image: { url: image } }),
    color: COLORS[said.tone],
    ...(footer && { footer: { text: cut(footer, LIMITS.footer) } }),
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
  return cut(subjectName(activity) || oneLine(activity.said.headline), LIMITS.threadName);
}
