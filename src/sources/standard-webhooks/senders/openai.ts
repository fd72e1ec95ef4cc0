import { list, textOrNull } from '../../../shared/payload.ts';
import { idAt, person } from '../../../telling/parts.ts';
import type { Told, WordTable } from '../../../telling/told.ts';
import { inGeneralWords } from './everybody-else.ts';
import type { Sender, SentEvent } from './sender.ts';
import { byId, entry } from './words.ts';

const MANY = 'responses come many times a minute';

function ends(what: string): WordTable {
  return {
    completed: [`${what} completed`, 'good'],
    succeeded: [`${what} succeeded`, 'good'],
    failed: [`${what} failed`, 'bad'],
    expired: [`${what} expired`, 'bad'],
    incomplete: [`${what} incomplete`, 'bad'],
    cancelled: [`${what} cancelled`],
    canceled: [`${what} cancelled`],
  };
}

/** Type → noun, and how it ends. */
const KINDS: ReadonlyMap<string, readonly [noun: string, words: WordTable]> = new Map([
  ['batch', ['batch', ends('Batch')]],
  ['fine_tuning.job', ['fine-tuning job', ends('Fine-tuning job')]],
  ['eval.run', ['eval run', ends('Eval run')]],
  ['response', ['response', ends('Response')]],
  ['video', ['video', ends('Video')]],
] as const);

/** https://platform.openai.com/docs/api-reference/webhook-events: ids alone, and seconds. */
export const OPENAI: Sender = {
  title: 'OpenAI',
  url: 'https://platform.openai.com',
  names: ['type'],
  id: 'id',
  times: ['created_at'],
  events: {
    batch: entry('completed failed expired cancelled'),
    'eval.run': entry('succeeded failed canceled'),
    'fine_tuning.job': entry('succeeded failed cancelled'),
    'realtime.call': entry('incoming'),
    response: entry('failed incomplete cancelled', { [MANY]: 'completed' }),
    video: entry('completed failed'),
  },
  isIts: (payload) =>
    /^(?:batch|eval\.run|fine_tuning\.job|realtime\.call|response|video)\.[a-z]+$/.test(
      textOrNull(payload, 'type') ?? '',
    ) && (textOrNull(payload, 'id') ?? '').startsWith('evt_'),
  tell,
};

function tell(event: SentEvent): Told {
  if (event.name === 'realtime.call.incoming') return call(event);
  const [noun, words] = KINDS.get(event.type) ?? [];
  return noun === undefined || words === undefined ? inGeneralWords(event) : byId(event, noun, words);
}

/** Who calls stands in SIP's own header: `"Mona" <sip:+14155550100@carrier.example>`. */
function call({ data }: SentEvent): Told {
  const from = list(data, 'sip_headers').find((each) => textOrNull(each, 'name')?.toLowerCase() === 'from');
  const caller = callerIn(textOrNull(from, 'value'));
  const id = idAt(data, 'call_id');
  return {
    headline: 'Call incoming',
    tone: 'waiting',
    did: 'is calling',
    by: person(caller),
    noun: 'call',
    handle: caller === null ? id : null,
    title: '',
    thread: id === null ? null : `call ${id}`,
  };
}

function callerIn(value: string | null): string | null {
  if (value === null) return null;
  const [, quoted, plain] = /^\s*(?:"([^"]{1,80})"|([^<"]{1,80}?))?\s*</.exec(value) ?? [];
  const name = (quoted ?? plain ?? '').trim();
  return name === '' ? (/(?:sips?|tel):([^@;>\s]{1,60})/i.exec(value)?.[1] ?? null) : name;
}
