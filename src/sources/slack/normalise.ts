import type { StoredEvent } from '../../model/event.ts';
import { fateIn } from '../../model/event-catalog.ts';
import type { Normalised } from '../../model/source.ts';
import { activityOf, type Envelope } from '../../telling/activity-of.ts';
import { person } from '../../telling/parts.ts';
import { isSkip, type Told } from '../../telling/told.ts';
import { open, typeOf } from './envelope.ts';
import { EVENTS } from './events.ts';
import type { Names } from './names.ts';
import { channelOf, eventOf, nameOf, type SlackEvent } from './normalise/event.ts';
import { familyOf } from './normalise/families.ts';
import { SUMS } from './normalise/sums.ts';
import type { SlackTold } from './normalise/telling.ts';

/** What happened, in Tidings' words. @throws PayloadError when the body is nothing that Slack sends */
export function normalise({ source, guid, body }: StoredEvent, names: Names): Normalised {
  const envelope = open(body);
  if (envelope.kind === 'ssl_check') return { kind: 'skip', reason: 'ssl_check: answered, not announced' };
  const type = typeOf(envelope);
  if (type === 'url_verification') return { kind: 'skip', reason: 'url_verification: answered, not announced' };
  if (type === null) return { kind: 'skip', reason: 'it does not say what happened' };
  const event = eventOf(type, envelope, names);
  const told = familyOf(type)(event);
  if (isSkip(told)) return { kind: 'skip', reason: told.skip, action: event.action ?? undefined };
  return { kind: 'activity', activity: activityOf(envelopeOf(event, { source, guid }), named(event, told)) };
}

function envelopeOf(event: SlackEvent, { source, guid }: Pick<StoredEvent, 'source' | 'guid'>): Envelope {
  const { type, action, occurredAt } = event;
  const { id, name } = channelOf(event);
  const url = linkTo(event, id);
  return {
    provider: 'slack',
    source,
    id: guid,
    type,
    action,
    fate: fateIn(EVENTS, type, action),
    actor: null,
    place: { name: placeOf(type, name), url },
    page: url,
    occurredAt,
    sums: SUMS,
  };
}

/** With whoever did it by name, and its thread, which is a channel's. */
function named(event: SlackEvent, { by, thread, ...told }: SlackTold): Told {
  const channel = channelOf(event).id;
  const name = nameOf(by, event.names);
  return {
    ...told,
    by: person(name),
    facets: { author: name ?? (typeof by === 'string' ? by : null) },
    thread: thread && channel !== null ? `${channel} ${thread}` : null,
  };
}

/** Where a channel is what the event is about, it happens in Slack. */
function placeOf(type: string, channel: string | null): string {
  return channel === null || /^(?:channel|group|im|shared)_/.test(type) ? 'Slack' : channel;
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
