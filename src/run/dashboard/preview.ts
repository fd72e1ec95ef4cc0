import { CATALOG } from '../../catalog.ts';
import type { Config } from '../../config/config.ts';
import type { MessagePreview, MessagePreviews } from '../../http/api/answers/preview.ts';
import { unread } from '../../jobs/expand/take-all.ts';
import type { Destination, Message } from '../../model/destination.ts';
import type { StoredEvent } from '../../model/event.ts';
import type { Content, Notification } from '../../model/notification.ts';
import type { ShownMessage } from '../../model/plugin/preview.ts';
import { redactAll } from '../../shared/secrets/redact.ts';
import { shownText } from '../../text/shown/blocks.ts';
import { takersIn } from '../takers.ts';
import { type ReadAgain, type Reader, toldBy } from './read-again.ts';
import type { SystemParts } from './system-parts.ts';

/** More are not drawn at once: rules may name any number. */
const MOST = 20;

/** Not what a rule told: as if one told it there. */
const NO_RULE = 'preview';

/**
 * What the message about an event looks like where it goes: read again, by the rules in force for whom it calls and in which words. A
 * destination that no rule names shows it as if one did, calling nobody. Nothing is sent.
 */
export async function preview(
  parts: Pick<SystemParts, 'destinations'>,
  read: Reader,
  eventId: number,
  to: string | null,
): Promise<MessagePreviews | null> {
  const again = await read(eventId);
  if (again === null) return null;
  const told = contents(again);
  const { record, config } = again;
  const open = new Map(parts.destinations().map((each) => [each.name, each]));
  const wanted = to === null ? addressed(again, told) : [to];
  if (to !== null && !open.has(to)) return none(eventId, `There is no destination "${to}" here, or it is not open.`);
  const event = storedOf(again);
  if (event === null) return none(eventId, `There is nothing to show: ${again.reason ?? 'its body is gone'}.`);
  const shown: MessagePreview[] = [];
  for (const name of wanted.slice(0, MOST)) {
    const destination = open.get(name);
    const content = told.get(name) ?? asIfTold(again, destination);
    if (destination === undefined || content === null || isAsked(config, name)) continue;
    const message: Message = { kind: 'single', notification: notificationOf(again, event, name, content) };
    shown.push(await one(destination, message, event, config));
  }
  const proposed = to === null ? await atProposed(again, event, shown) : null;
  if (proposed !== null) shown.push(proposed);
  if (shown.length > 0) return redactAll({ event_id: record.id, previews: shown, says: null });
  return none(
    eventId,
    again.reason === null ? 'Nobody is told of it.' : `It says nothing that could be told: ${again.reason}.`,
  );
}

/** While nothing but the default is set up: as the destination that a first screen proposes would show what is told. Null: no need. */
async function atProposed(
  again: ReadAgain,
  event: StoredEvent,
  shown: readonly MessagePreview[],
): Promise<MessagePreview | null> {
  const { byDefault, proposed, channels } = CATALOG;
  const { config } = again;
  const [first] = shown;
  const isBare = config.destinations.every(({ type }) => type === byDefault.channel);
  const row = isBare && first !== undefined ? await channels[proposed.channel]?.() : undefined;
  if (first === undefined || row?.channel.sketch === undefined) return null;
  const content = contents(again).get(first.destination) ?? asIfTold(again, undefined);
  if (content === null) return null;
  const notification = notificationOf(again, event, first.destination, content);
  const sketch = await row.channel.sketch({ kind: 'single', notification });
  const place = { destination: proposed.channel, type: proposed.channel, place: proposed.title, is_connected: false };
  return { ...place, ...answered(sketch) };
}

interface Told {
  readonly rule: string;
  readonly content: Content;
}

function contents(again: ReadAgain): ReadonlyMap<string, Told> {
  const all = toldBy(again, takersIn(again.config)).map(
    ({ destination, rule, ...content }) => [destination, { rule, content }] as const,
  );
  // Whoever is told alone is the first of several.
  return new Map(all.toReversed());
}

/** Whom it was addressed to; of what is not decided, or told nobody, those whom the rules in force name. */
function addressed({ record }: ReadAgain, told: ReadonlyMap<string, Told>): readonly string[] {
  const names = new Set(record.notifications.map(({ destination }) => destination));
  return [...(names.size > 0 ? names : told.keys())];
}

/** Null: it says nothing, and it is nobody's who takes all. */
function asIfTold({ routable, reading }: ReadAgain, destination: Destination | undefined): Told | null {
  if (routable !== null) {
    const { activity, transition } = routable;
    return { rule: NO_RULE, content: { activity, transition, mentions: [] } };
  }
  if (reading === null || destination?.takesAll?.(reading.event.source) !== true) return null;
  return { rule: NO_RULE, content: { activity: unread(reading.event), transition: null, mentions: [] } };
}

function notificationOf(
  { record }: ReadAgain,
  event: StoredEvent,
  name: string,
  { rule, content }: Told,
): Notification {
  const last = record.notifications.findLast(({ destination }) => destination === name);
  return {
    ...content,
    id: last?.id ?? 1,
    eventId: event.id,
    destination: name,
    rule: last?.rule ?? rule,
    tries: 0,
    isReplay: last?.isReplay ?? false,
    receivedAt: event.receivedAt,
    storedAt: event.storedAt,
    maybeToldBy: null,
  };
}

function storedOf({ record, reading }: ReadAgain): StoredEvent | null {
  const { headers, body } = record;
  return reading === null || headers === null || body === null ? null : { ...record, headers, body, settled: null };
}

async function one(
  destination: Destination,
  message: Message,
  event: StoredEvent,
  config: Config,
): Promise<MessagePreview> {
  const { name, type } = destination;
  const shown = (await destination.preview?.(message, event)) ?? shownText(destination.describe(message));
  return { destination: name, type, place: await placeOf(name, type, config), is_connected: true, ...answered(shown) };
}

function answered(shown: ShownMessage): Pick<MessagePreview, keyof ShownMessage> {
  return { ...shown, blocks: shown.blocks.map((block) => ({ ...block })) as MessagePreview['blocks'] };
}

async function placeOf(name: string, type: string, { destinations }: Config): Promise<string> {
  const service = destinations.find((each) => each.name === name)?.service ?? null;
  return service ?? (await CATALOG.channels[type]?.())?.channel.title ?? type;
}

/** It answers what is asked, and no message is told there. */
function isAsked({ destinations }: Config, name: string): boolean {
  return destinations.find((each) => each.name === name)?.isAsked === true;
}

function none(eventId: number, says: string): MessagePreviews {
  return { event_id: eventId, previews: [], says };
}
