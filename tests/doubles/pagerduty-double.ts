import { type PushDouble, startPushDouble } from './push-double.ts';

export const ROUTING_KEY = 'a1B2c3D4e5F6a7B8c9D0e1F2a3B4c5D6';
/** Of an orchestration: it takes alerts alone. */
export const ORCHESTRATION_KEY = 'R01B2c3D4e5F6a7B8c9D0e1F2a3B4c5D';

type Json = Readonly<Record<string, unknown>>;

export interface PagerdutyDouble extends PushDouble {
  /** Keys of the alerts that are open, in the order of opening. */
  readonly open: ReadonlySet<string>;
  /** How often an alert was opened: somebody was called. */
  readonly calls: number;
}

const MOST_BYTES = 512 * 1024;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/;
const ACTIONS = new Set(['trigger', 'acknowledge', 'resolve']);
const SEVERITIES = new Set(['critical', 'error', 'warning', 'info']);
const ALERT_FIELDS = ['routing_key', 'event_action', 'dedup_key', 'payload', 'images', 'links', 'client', 'client_url'];
const ALERT_PAYLOAD = ['summary', 'source', 'severity', 'timestamp', 'component', 'group', 'class', 'custom_details'];
const CHANGE_PAYLOAD = ['summary', 'source', 'timestamp', 'custom_details'];

/** Events API v2, as far as https://developer.pagerduty.com/docs/events-api-v2-overview and its pages on alerts and changes say. */
export async function startPagerdutyDouble(): Promise<PagerdutyDouble> {
  const open = new Set<string>();
  let calls = 0;
  const double = await startPushDouble({
    path: '',
    answer({ method, path, headers, body }) {
      const isChange = path === '/v2/change/enqueue';
      if (method !== 'POST' || !(isChange || path === '/v2/enqueue')) return { status: 404, body: 'Not Found' };
      if (Buffer.byteLength(body) > MOST_BYTES) return { status: 413, body: 'Request Entity Too Large' };
      if (headers['content-type'] !== 'application/json') return invalid(['Content type is not JSON']);
      const event = JSON.parse(body) as Json;
      const errors = [
        ...keyErrors(event['routing_key'], isChange),
        ...(isChange ? changeErrors(event) : alertErrors(event)),
      ];
      if (errors.length > 0) return invalid(errors);
      const { routing_key: _, ...told } = event;
      if (isChange) return { status: 202, body: { status: 'success', message: 'Change event processed' }, told };
      const key = String(event['dedup_key']);
      const answer = { status: 202, body: { status: 'success', message: 'Event processed', dedup_key: key } };
      if (event['event_action'] === 'trigger' && !open.has(key)) {
        open.add(key);
        calls++;
      } else if (event['event_action'] !== 'trigger' && !open.has(key)) return answer;
      if (event['event_action'] === 'resolve') open.delete(key);
      return { ...answer, told };
    },
    faultsOf: (event) => faultsOf(event),
  });
  return Object.defineProperties(double, {
    open: { get: () => open },
    calls: { get: () => calls },
  }) as PagerdutyDouble;
}

function keyErrors(key: unknown, isChange: boolean): readonly string[] {
  const text = typeof key === 'string' ? key : '';
  if (text.length !== 32) return ["Length of 'routing_key' is incorrect (should be 32 characters)"];
  if (!/^[A-Za-z0-9]+$/.test(text)) return ["'routing_key' cannot contain non-alphanumeric characters."];
  const isKnown = text === ROUTING_KEY || (text === ORCHESTRATION_KEY && !isChange);
  return isKnown ? [] : ['Invalid routing key'];
}

function alertErrors({ event_action: action, dedup_key: key, payload = {} }: Json): readonly string[] {
  const { severity, source } = payload as Json;
  return [
    ...(ACTIONS.has(String(action)) ? [] : ["'event_action' is invalid"]),
    ...(key === undefined || isText(key, 255) ? [] : ["'dedup_key' is too long (maximum is 255 characters)"]),
    ...(action !== 'trigger' ? [] : summaryErrors(payload as Json)),
    ...(action !== 'trigger' || isText(source, 1_024) ? [] : ["'payload.source' is missing or blank"]),
    ...(action !== 'trigger' || SEVERITIES.has(String(severity)) ? [] : ["'severity' is invalid"]),
  ];
}

function changeErrors({ payload = {} }: Json): readonly string[] {
  return summaryErrors(payload as Json);
}

function summaryErrors({ summary, timestamp }: Json): readonly string[] {
  const isDate = typeof timestamp === 'string' && ISO.test(timestamp);
  return [
    ...(isText(summary, 1_024) ? [] : ["'payload.summary' is missing or blank, or too long"]),
    ...(timestamp === undefined || isDate ? [] : ["'payload.timestamp' is no ISO 8601 date"]),
  ];
}

function isText(value: unknown, most: number): boolean {
  return typeof value === 'string' && value.trim() !== '' && value.length <= most;
}

/** What it would take, and show badly or not at all. */
function faultsOf({ event_action: action, payload = {}, links = [], ...others }: Json): readonly string[] {
  const known = new Set(action === undefined ? CHANGE_PAYLOAD : ALERT_PAYLOAD);
  const { custom_details: details = {}, summary } = payload as Json;
  return [
    ...Object.keys(others).flatMap((key) => (ALERT_FIELDS.includes(key) ? [] : [`${key} is new`])),
    ...Object.keys(payload as Json).flatMap((key) => (known.has(key) ? [] : [`payload.${key} is new`])),
    ...(action === 'resolve' || !/[\n\r]/.test(String(summary)) ? [] : ['a summary of two lines']),
    ...(typeof details === 'object' && !Array.isArray(details) ? [] : ['details that are no object']),
    ...(links as readonly Json[]).flatMap(({ href, text }) =>
      /^https?:\/\/[^\s<>]+$/.test(String(href)) && isText(text, 255) ? [] : [`a link to ${String(href)}`],
    ),
  ];
}

function invalid(errors: readonly string[]) {
  return { status: 400, body: { status: 'invalid event', message: 'Event object is invalid', errors } };
}
