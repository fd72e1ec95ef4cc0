import type { StoredEvent } from '../../model/event.ts';
import { fateIn } from '../../model/event-catalog.ts';
import type { Normalised } from '../../model/source.ts';
import { normalised } from '../../telling/activity-of.ts';
import { type Family, isSkip, type Skip, type Told } from '../../telling/told.ts';
import { counted } from '../../text/words.ts';
import { EVENTS } from './events.ts';
import { call } from './normalise/call.ts';
import { eventOf, type TwilioEvent } from './normalise/event.ts';
import { message } from './normalise/message.ts';
import { conference, conversation, debuggerEvent, other, recording, transcription } from './normalise/others.ts';
import { SUMS } from './normalise/sums.ts';
import { parametersOf } from './parameters.ts';

const CONSOLE = 'https://console.twilio.com';

const FAMILIES: ReadonlyMap<string, Family<TwilioEvent>> = new Map<string, Family<TwilioEvent>>([
  ['call', call],
  ['conference', conference],
  ['conversation', conversation],
  ['debugger', debuggerEvent],
  ['message', message],
  ['recording', recording],
  ['room', conference],
  ['transcription', transcription],
]);

/** What happened, in Tidings' words. @throws PayloadError when the body is nothing that Twilio sends */
export function normalise({ source, guid, body }: StoredEvent): Normalised {
  const event = eventOf(parametersOf(body));
  const { type, action, occurredAt } = event;
  const envelope = {
    provider: 'twilio',
    source,
    id: guid,
    type,
    action,
    fate: fateIn(EVENTS, type, action),
    actor: null,
    place: null,
    page: CONSOLE,
    occurredAt,
    sums: SUMS,
  };
  return normalised(envelope, () => withMore(event, (FAMILIES.get(type) ?? other)(event)));
}

/** Event Streams may send several at once. */
function withMore({ more }: TwilioEvent, told: Told | Skip): Told | Skip {
  if (more === 0 || isSkip(told)) return told;
  return { ...told, facts: [...(told.facts ?? []), `and ${counted(more, 'more event')}`] };
}
