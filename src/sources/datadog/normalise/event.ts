import type { Payload } from '../../../shared/payload.ts';
import { excerpt } from '../../../telling/excerpt.ts';
import { page } from '../../../telling/page.ts';
import { momentAt } from '../../../telling/parts.ts';
import { honestUrl } from '../../../text/honest-url.ts';
import { type DatadogType, eventIdOf, typeOf } from '../envelope.ts';
import { type Fields, field, fieldsOf } from '../fields.ts';
import { type MonitorTransition, readTitle, TITLE, titleAnywhere, transitionOf } from '../title.ts';
import { linkIn, messageOf } from './message.ts';

/** What a template says, as far as it says it. */
export interface DatadogEvent {
  readonly id: string;
  readonly type: DatadogType;
  readonly fields: Fields;
  readonly transition: MonitorTransition | null;
  /** Without what Datadog writes before it. */
  readonly title: string;
  readonly priority: string | null;
  readonly scope: string | null;
  readonly isTest: boolean;
  /** As it came, with Datadog's own lines. */
  readonly body: string | null;
  /** What people wrote. */
  readonly message: string | null;
  readonly url: string | null;
  readonly occurredAt: number | null;
  readonly environment: string | null;
  readonly labels: readonly string[];
}

const BODY = [
  'body',
  'eventmsg',
  'message',
  'text',
  'textonlymsg',
  'msg',
  'description',
  'eventbody',
  'alertmessage',
  'incidentmessage',
  'detail',
];
const LINKS = [
  'link',
  'alertlink',
  'eventlink',
  'alerturl',
  'monitorurl',
  'monitorlink',
  'eventurl',
  'incidenturl',
  'url',
  'linkshref',
];
const TIMES = ['lastupdated', 'date', 'timestamp', 'eventdate', 'alertdate', 'time'];

export function eventOf(payload: Payload, guid: string): DatadogEvent {
  const fields = fieldsOf(payload);
  const body = field(fields, BODY);
  const named = TITLE.map((name) => fields.get(name)).filter((text) => text !== undefined);
  const anywhere = titleAnywhere(fields);
  const titles = named.length > 0 || anywhere === null ? named : [anywhere.split('\n')[0] ?? ''];
  const message = messageOf(body);
  const firstLine = message?.split('\n')[0] ?? '';
  const inOthers = [...titles, ...(titles.length === 0 ? [firstLine] : [])].map(readTitle);
  const title = inOthers.find(({ name }) => name !== '')?.name ?? readTitle(firstLine).name;
  const scope =
    field(fields, ['alertscope', 'scope', 'scopes']) ?? inOthers.find((one) => one.scope !== null)?.scope ?? null;
  const tags = tagsIn([scope, field(fields, ['eventtags', 'tags', 'alerttags', 'monitortags'])]);
  return {
    id: eventIdOf(fields) ?? guid,
    type: typeOf(fields),
    fields,
    transition: transitionOf(fields),
    title,
    priority:
      PRIORITIES.map((name) => priorityIn(fields.get(name) ?? null)).find((found) => found !== null) ??
      inOthers.find((one) => one.priority !== null)?.priority ??
      null,
    scope,
    isTest: inOthers.some((one) => one.isTest),
    body,
    message: excerpt(title === readTitle(firstLine).name ? (message?.slice(firstLine.length).trim() ?? null) : message),
    url: LINKS.map((name) => page(fields.get(name) ?? null)).find((url) => url !== null) ?? page(linkIn(body)),
    occurredAt: TIMES.map((name) => momentAt({ it: fields.get(name) }, 'it')).find((time) => time !== null) ?? null,
    environment: tags.find(([key]) => key === 'env' || key === 'environment')?.[1] ?? null,
    labels: labelsOf(tags),
  };
}

const PRIORITIES = ['alertpriority', 'priority', 'monitorpriority', 'severity', 'alertseverity'];

function priorityIn(text: string | null): string | null {
  const [, number] = /^(?:P|priority[: ]*)?([1-5])$/i.exec(text ?? '') ?? [];
  return number === undefined ? null : `P${number}`;
}

const MOST_TAGS = 100;

function tagsIn(lists: readonly (string | null)[]): readonly (readonly [key: string, value: string])[] {
  return lists
    .flatMap((list) => (list ?? '').split(','))
    .slice(0, MOST_TAGS)
    .map((tag) => {
      const [key = '', ...value] = tag.trim().split(':');
      return [key.toLowerCase(), value.join(':').trim()] as const;
    });
}

/** Of some dozen tags, those that say whose it is: the rest names machines. */
function labelsOf(tags: ReturnType<typeof tagsIn>): readonly string[] {
  const own = tags.filter(([key, value]) => (key === 'team' || key === 'service') && value !== '');
  return [...new Set(own.map(([key, value]) => `${key}:${value}`))].slice(0, 10);
}

/** `https://app.datadoghq.eu`: which of Datadog's sites it is. */
export function siteOf({ url, body }: DatadogEvent): string {
  const own = [url, linkIn(body)]
    .map((link) => honestUrl(link, 500))
    .find((link) => link !== null && /^https:\/\/[\w.-]+\.(?:datadoghq\.(?:com|eu)|ddog-gov\.com)\//.test(link));
  return own ? new URL(own).origin : 'https://app.datadoghq.com';
}
