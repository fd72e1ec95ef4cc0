import type { Place } from '../../model/activity.ts';
import type { StoredEvent } from '../../model/event.ts';
import { fateIn } from '../../model/event-catalog.ts';
import type { Normalised } from '../../model/source.ts';
import { type Payload, PayloadError, parseBody, read, textOrNull } from '../../shared/payload.ts';
import { normalised } from '../../telling/activity-of.ts';
import { generic } from '../../telling/generic.ts';
import { type Family, isSkip, type Skip, type Told } from '../../telling/told.ts';
import { typeOf } from './envelope.ts';
import { EVENTS } from './events.ts';
import { type DiscordEvent, eventOf, idAt, momentOf } from './normalise/event.ts';
import { command, component, modal } from './normalise/interaction.ts';
import { SUMS } from './normalise/sums.ts';
import { authorization, entitlement, message, quest } from './normalise/webhook-event.ts';
import { known, type Names } from './settings.ts';

const FAMILIES: ReadonlyMap<string, Family<DiscordEvent>> = new Map<string, Family<DiscordEvent>>([
  ['APPLICATION_AUTHORIZED', authorization],
  ['APPLICATION_COMMAND', command],
  ['APPLICATION_DEAUTHORIZED', authorization],
  ['ENTITLEMENT_CREATE', entitlement],
  ['ENTITLEMENT_DELETE', entitlement],
  ['ENTITLEMENT_UPDATE', entitlement],
  ['GAME_DIRECT_MESSAGE_CREATE', message],
  ['GAME_DIRECT_MESSAGE_DELETE', message],
  ['GAME_DIRECT_MESSAGE_UPDATE', message],
  ['LOBBY_MESSAGE_CREATE', message],
  ['LOBBY_MESSAGE_DELETE', message],
  ['LOBBY_MESSAGE_UPDATE', message],
  ['MESSAGE_COMPONENT', component],
  ['MODAL_SUBMIT', modal],
  ['QUEST_USER_ENROLLMENT', quest],
]);

/** What happened, in Tidings' words. @throws PayloadError when the body is nothing that Discord sends */
export function normalise({ source, guid, body }: StoredEvent, names: Names): Normalised {
  const payload = parseBody(body);
  const type = typeOf(payload);
  if (type === null) {
    const number = read(payload, 'type');
    if (number === 0 || number === 1) return { kind: 'skip', reason: 'PING: answered, not announced' };
    throw new PayloadError('type', 'a number that Discord gives', number);
  }
  const event = eventOf(type, payload, names);
  const { user } = event;
  const envelope = {
    provider: 'discord',
    source,
    id: guid,
    type,
    action: null,
    fate: fateIn(EVENTS, type, null),
    actor: user,
    place: placeOf(payload, event),
    page: pageOf(payload, event),
    occurredAt: occurredAt(payload),
    facets: { author: user?.login ?? null },
    sums: SUMS,
  };
  return normalised(envelope, () => withoutTitle((FAMILIES.get(type) ?? other)(event)));
}

function other({ type, at }: DiscordEvent): Told {
  // Of a kind that nobody knows yet.
  if (type.startsWith('INTERACTION_'))
    return { headline: 'Interaction', did: 'used the app', noun: 'interaction', title: '' };
  return { ...generic({ name: type, action: null, payload: at }), handle: null };
}

/** A server's name says where already. */
function withoutTitle(told: Told | Skip): Told | Skip {
  return isSkip(told) || told.did?.endsWith(` ${told.title}`) !== true || told.title === ''
    ? told
    : { ...told, title: '' };
}

function placeOf(payload: Payload, { at, names }: DiscordEvent): Place | null {
  const name = (known(names, channelOf(payload)) ?? textOrNull(at, 'channel.name') ?? '').trim().replace(/^#/, '');
  return name === '' ? null : { name: `#${name}`, url: pageOf(payload, { at }) };
}

function channelOf(payload: Payload): string | null {
  return idAt(payload, 'channel_id') ?? idAt(payload, 'channel.id');
}

/** Of an interaction the channel, of an event the app. */
function pageOf(payload: Payload, { at }: Pick<DiscordEvent, 'at'>): string {
  const channel = channelOf(payload);
  if (channel !== null) return `https://discord.com/channels/${idAt(at, 'guild_id') ?? '@me'}/${channel}`;
  const app = idAt(payload, 'application_id');
  return `https://discord.com/developers/applications${app === null ? '' : `/${app}`}`;
}

/** Discord writes UTC without saying so. */
function occurredAt(payload: Payload): number | null {
  const said = textOrNull(payload, 'event.timestamp');
  if (said === null) return momentOf(idAt(payload, 'id'));
  const time = Date.parse(/Z$|[+-]\d\d:?\d\d$/.test(said) ? said : `${said}Z`);
  return Number.isNaN(time) ? null : time;
}
