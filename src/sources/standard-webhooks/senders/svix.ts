import { list, numberOrNull, read, textOrNull } from '../../../shared/payload.ts';
import { asWords, dayFact, idAt, wordsAt } from '../../../telling/parts.ts';
import type { Told, WordTable } from '../../../telling/told.ts';
import { inGeneralWords } from './everybody-else.ts';
import type { Sender, SentEvent } from './sender.ts';
import { entry } from './words.ts';

const DETAILS = 'details change many times';

const ENDPOINT: WordTable = {
  created: ['Endpoint created', 'opened'],
  updated: ['Endpoint updated'],
  deleted: ['Endpoint deleted'],
  enabled: ['Endpoint enabled', 'good'],
  disabled: ['Endpoint disabled', 'bad'],
};

const ATTEMPT: WordTable = {
  exhausted: ['Message delivery given up', 'bad'],
  failing: ['Message delivery failing', 'bad'],
  recovered: ['Message delivered after all', 'good'],
};

const EACH_ATTEMPT = 'Svix lists every attempt';

/** https://docs.svix.com/incoming-webhooks: of Svix as a sender, about the webhooks that one sends through it. camelCase. */
export const SVIX: Sender = {
  title: 'Svix',
  url: 'https://dashboard.svix.com',
  names: ['type'],
  id: null,
  times: ['timestamp', 'data.lastAttempt.timestamp'],
  events: {
    background_task: entry('finished'),
    endpoint: entry('created deleted disabled enabled', { [DETAILS]: 'updated' }),
    'ingest.endpoint': entry('created deleted disabled enabled', { [DETAILS]: 'updated' }),
    'ingest.message.attempt': entry('exhausted failing recovered', { [EACH_ATTEMPT]: 'log' }),
    'message.attempt': entry('exhausted failing recovered', { [EACH_ATTEMPT]: 'log' }),
  },
  isIts: (payload) => {
    const type = textOrNull(payload, 'type') ?? '';
    if (type === 'message.attempt.log' || type === 'ingest.message.attempt.log') return true;
    const isNamed = /^(?:ingest\.)?(?:endpoint|message\.attempt)\.[a-z]+$|^background_task\.finished$/.test(type);
    return (
      isNamed && ['appId', 'sourceId', 'endpointId', 'taskId'].some((key) => read(payload, `data.${key}`) !== undefined)
    );
  },
  tell,
};

function tell(event: SentEvent): Told {
  const type = event.type.replace(/^ingest\./, '');
  const action = event.action ?? '';
  if (type === 'endpoint' && Object.hasOwn(ENDPOINT, action)) return endpoint(event, ENDPOINT[action] ?? ['']);
  if (type === 'message.attempt' && Object.hasOwn(ATTEMPT, action)) return attempt(event, ATTEMPT[action] ?? ['']);
  if (type === 'message.attempt' && action === 'log') return log(event);
  if (type === 'background_task') return task(event);
  return inGeneralWords(event);
}

function endpoint({ data }: SentEvent, [headline, tone = 'neutral']: WordTable[string]): Told {
  const id = idAt(data, 'endpointId');
  return {
    headline,
    tone,
    noun: 'endpoint',
    // What its owner calls it, before what Svix does.
    handle: idAt(data, 'endpointUid') ?? id,
    title: '',
    facts: [dayFact('failing since', data, 'failSince'), application(data)],
    thread: id === null ? null : `endpoint ${id}`,
  };
}

function attempt({ data }: SentEvent, [headline, tone = 'neutral']: WordTable[string]): Told {
  const id = idAt(data, 'msgId');
  const status = numberOrNull(data, 'lastAttempt.responseStatusCode');
  const to = idAt(data, 'endpointUid') ?? idAt(data, 'endpointId');
  return {
    headline,
    tone,
    noun: 'message',
    handle: idAt(data, 'msgEventId') ?? id,
    title: '',
    facts: [
      // Svix says 0 where nobody answered.
      status === null || !Number.isInteger(status) || status <= 0 ? null : `answered ${status}`,
      to === null ? null : `to ${asWords(to)}`,
      application(data),
    ],
    thread: id === null ? null : `message ${id}`,
  };
}

function application(data: unknown): string | null {
  const name = idAt(data, 'appUid');
  return name === null ? null : `application ${asWords(name)}`;
}

/** Its data is a list. */
function log({ payload }: SentEvent): Told {
  const all = list(payload, 'data');
  const [first] = all;
  const name = textOrNull(first, 'eventType');
  return {
    headline: 'Message attempts logged',
    noun: 'message attempt',
    handle: null,
    title: name ?? '',
    facts: [all.length === 1 ? '1 attempt' : `${all.length} attempts`],
  };
}

function task({ data }: SentEvent): Told {
  const status = textOrNull(data, 'status');
  const hasFailed = status === 'failed';
  return {
    headline: hasFailed ? 'Background task failed' : 'Background task finished',
    tone: hasFailed ? 'bad' : 'good',
    noun: 'background task',
    handle: null,
    title: wordsAt(data, 'task') ?? idAt(data, 'taskId') ?? '',
  };
}
