import type { Activity, Person } from '../../model/activity.ts';
import type { StoredEvent } from '../../model/event.ts';
import { fateIn, whyMinor } from '../../model/event-catalog.ts';
import { kindOf } from '../../model/kind.ts';
import { activity } from '../../model/new-activity.ts';
import type { Normalised } from '../../model/source.ts';
import { open, typeOf } from './envelope.ts';
import { EVENTS } from './events.ts';
import type { Names } from './names.ts';
import { channelOf, eventOf, nameOf, type SlackEvent } from './normalise/event.ts';
import { familyOf } from './normalise/families.ts';
import { SUMS } from './normalise/sums.ts';
import type { Told } from './normalise/telling.ts';

/** What happened, in Tidings' words. @throws PayloadError when the body is nothing that Slack sends */
export function normalise({ source, guid, body }: StoredEvent, names: Names): Normalised {
  const envelope = open(body);
  if (envelope.kind === 'ssl_check') return { kind: 'skip', reason: 'ssl_check: answered, not announced' };
  const type = typeOf(envelope);
  if (type === 'url_verification') return { kind: 'skip', reason: 'url_verification: answered, not announced' };
  if (type === null) return { kind: 'skip', reason: 'it does not say what happened' };
  const event = eventOf(type, envelope, names);
  const told = familyOf(type)(event);
  if (told.kind === 'skip') return { ...told, action: event.action ?? undefined };
  return { kind: 'activity', activity: activityOf(event, { source, guid }, told) };
}

/** What is told the same way for every family. */
function activityOf(event: SlackEvent, { source, guid }: Pick<StoredEvent, 'source' | 'guid'>, told: Told): Activity {
  const { type, action, names } = event;
  const channel = channelOf(event);
  return activity({
    kind: kindOf(type, action),
    type,
    action,
    source,
    headline: told.headline,
    did: told.did ?? null,
    tone: told.tone ?? 'neutral',
    isMinor: whyMinor(fateIn(EVENTS, type, action)) !== null,
    actor: person(nameOf(told.by, names)),
    place: { name: placeOf(type, channel.name), url: linkTo(event, channel.id) },
    subject: { noun: told.noun, handle: null, title: told.title, url: told.url ?? linkTo(event, channel.id) },
    excerpt: told.excerpt ?? null,
    facts: (told.facts ?? []).filter((fact) => fact !== null),
    author: typeof told.by === 'string' ? (nameOf(told.by, names) ?? told.by) : nameOf(told.by, names),
    sum: SUMS.get(told.headline) ?? null,
    thread: told.thread && channel.id !== null ? `slack ${channel.id} ${told.thread}` : null,
    occurredAt: event.occurredAt,
    dedupKey: `slack:${guid}`,
  });
}

/** Where a channel is what the event is about, it happens in Slack. */
function placeOf(type: string, channel: string | null): string {
  return channel === null || /^(?:channel|group|im|shared)_/.test(type) ? 'Slack' : channel;
}

function person(login: string | null): Person | null {
  return login === null ? null : { login, url: null, avatarUrl: null, isBot: false };
}

/** Opens the channel; without one, the app. https://docs.slack.dev/interactivity/deep-linking */
function linkTo({ teamId, appId }: SlackEvent, channel: string | null): string {
  const url = new URL('https://slack.com/app_redirect');
  if (channel !== null) url.searchParams.set('channel', channel);
  else if (appId !== null) url.searchParams.set('app', appId);
  else return 'https://slack.com';
  if (teamId !== null) url.searchParams.set('team', teamId);
  return url.href;
}
