import type { NewEvent, StoredEvent } from '../../model/event.ts';
import { OWN_SOURCE, type Reminded } from '../../model/reminder.ts';
import type { Source } from '../../model/source.ts';
import { laterActivity, type Postponed } from '../../route/remind/later.ts';
import { type Part, reminderActivity } from '../../route/remind/said.ts';

/** What Tidings says by itself, as it is stored. */
export type OwnBody = { readonly part: Part; readonly reminded: Reminded } | { readonly postponed: Postponed };

/** `id`: stored twice, it is one. `at`: ms since 1970. Nobody sent it, and nobody signed it. */
export function ownEvent(id: string, type: string, body: OwnBody, at: number): NewEvent {
  return {
    source: OWN_SOURCE,
    origin: 'poll',
    deliveryId: id,
    guid: id,
    type,
    headers: {},
    secretNo: 0,
    body: Buffer.from(JSON.stringify(body)),
    receivedAt: at,
  };
}

export function ownIn({ body }: Pick<StoredEvent, 'body'>): OwnBody {
  return JSON.parse(body.toString('utf8'));
}

/** Nothing is received for it: there is no address of that name. */
const OWN: Source = {
  name: OWN_SOURCE,
  provider: OWN_SOURCE,
  contentTypes: [],
  onceHeaders: [],
  storedHeaders: [],
  bodies: 'repeat',
  receive: () => ({ kind: 'refused', cause: 'unsigned' }),
  diagnose: () => 'nothing is received for what Tidings says by itself',
  normalise(event) {
    const said = ownIn(event);
    const activity = 'postponed' in said ? laterActivity(said.postponed) : reminderActivity(said.reminded, said.part);
    return { kind: 'activity', activity };
  },
};

/** With what Tidings says by itself; a source that is called so stays what it is. */
export function withOwnSource(sources: ReadonlyMap<string, Source>): ReadonlyMap<string, Source> {
  return new Map([[OWN_SOURCE, OWN], ...sources]);
}
