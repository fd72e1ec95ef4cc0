import { isObject, type Payload, read, textOrNull, timeOrNull } from '../../../shared/payload.ts';
import type { Envelope } from '../envelope.ts';
import { channelName, type Names, personName } from '../names.ts';

/** One happening of Slack's, out of its envelope. */
export interface SlackEvent {
  readonly type: string;
  /** What Slack calls the subtype. */
  readonly action: string | null;
  readonly event: Payload;
  readonly teamId: string | null;
  readonly appId: string | null;
  readonly occurredAt: number | null;
  readonly names: Names;
}

/** `type`: as it was received. */
export function eventOf(
  type: string,
  { payload, kind }: Exclude<Envelope, { kind: 'ssl_check' }>,
  names: Names,
): SlackEvent {
  const inner = read(payload, 'event');
  const event = kind === 'event' && isObject(inner) ? inner : payload;
  return {
    type,
    action: textOrNull(event, 'subtype'),
    event,
    teamId: textOrNull(payload, 'team_id') ?? textOrNull(payload, 'team.id'),
    appId: textOrNull(payload, 'api_app_id'),
    occurredAt:
      moment(textOrNull(event, 'event_ts')) ??
      timeOrNull(payload, 'event_time') ??
      moment(textOrNull(event, 'action_ts')),
    names,
  };
}

/** `1595926230.009600` is seconds since 1970, and an id. */
function moment(ts: string | null): number | null {
  return ts !== null && /^\d{10}\.\d+$/.test(ts) ? Math.floor(Number(ts) * 1000) : null;
}

/** Under which of these names an event speaks of its channel: an id, or an object that holds one. */
const CHANNELS = ['channel', 'channel_id', 'item.channel'];

export function channelOf({ event, names }: SlackEvent): { readonly id: string | null; readonly name: string | null } {
  for (const path of CHANNELS) {
    const id = textOrNull(event, path) ?? textOrNull(event, `${path}.id`);
    const said =
      textOrNull(event, `${path}.name`) ?? (path === 'channel_id' ? textOrNull(event, 'channel_name') : null);
    if (id === null && said === null) continue;
    // What is configured is newer than what an event of long ago said.
    const known = id === null ? null : channelName(names, id);
    return { id, name: known ?? (said === null || said === 'directmessage' ? null : `#${said.replace(/^#/, '')}`) };
  }
  return { id: null, name: null };
}

/** A person as far as the event names them: some hold the whole profile, most an id. Null: nobody knows the name. */
export function nameOf(value: unknown, names: Names): string | null {
  if (typeof value === 'string') return personName(names, value);
  const id = textOrNull(value, 'id');
  const fields = ['profile.display_name', 'display_name', 'profile.real_name', 'real_name', 'name', 'username'];
  return (id === null ? null : personName(names, id)) ?? firstOf(value, fields);
}

export function firstOf(value: unknown, paths: readonly string[]): string | null {
  for (const path of paths) {
    const found = textOrNull(value, path);
    if (found !== null && found.trim() !== '') return found;
  }
  return null;
}
