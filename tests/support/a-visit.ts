import type { EventRecord, EventSummary, Explanation } from '../../src/http/api/answers/events.ts';
import type { MessagePreviews } from '../../src/http/api/answers/preview.ts';
import type { CallerRole } from '../../src/http/api/route.ts';
import type { V1Answer, Visit } from '../../src/http/visit.ts';

export const VISIT_NOW = Date.parse('2030-01-31T12:30:00.000Z');
export const CSRF = 'made-here';

export interface AskedOf {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** `GET /events` → what /api/v1 says to it, whatever is asked behind `?`; a function is given the body that was sent. */
export type Answers = Readonly<Record<string, unknown>>;

export interface VisitedBy {
  readonly role?: CallerRole;
  readonly base?: string;
  readonly csrf?: string;
}

/** Somebody who was let in, and asks an API that answers from a table. What is not in it is 404. */
export function aVisit(
  answers: Answers,
  { role = 'admin', base = '', csrf = CSRF }: VisitedBy = {},
): { readonly visit: Visit; readonly asked: readonly AskedOf[] } {
  const asked: AskedOf[] = [];
  const ask = async (method: string, path: string, body?: unknown): Promise<V1Answer> => {
    const { pathname, searchParams } = new URL(path, 'http://localhost');
    asked.push({ method, path: pathname, query: searchParams, body });
    const answer = answers[`${method} ${path}`] ?? answers[`${method} ${pathname}`];
    if (answer === undefined)
      return { status: 404, body: { error: { code: 'not_found', message: 'Nothing is here.' } } };
    const said: unknown = typeof answer === 'function' ? answer(body) : answer;
    return isAnswer(said) ? said : { status: 200, body: structuredClone(said) };
  };
  const caller = { role, who: 'somebody at this machine', from: '127.0.0.1' };
  const isGenuine = (given: string) => given === csrf;
  return { visit: { caller, ask, base, csrf, isGenuine, hasSession: false }, asked };
}

function isAnswer(value: unknown): value is V1Answer {
  return typeof value === 'object' && value !== null && 'status' in value && 'body' in value;
}

/** An event whose every text is `text`. */
export function aSummary(id: number, text: string, more: Partial<EventSummary> = {}): EventSummary {
  return {
    id,
    source: text,
    type: text,
    action: text,
    delivery_id: text,
    repo: text,
    actor: text,
    about: text,
    state: 'routed',
    reason: text,
    fates: { told: 1, waiting: 0, held: 0, unknown: 0, dead: 0 },
    destinations: [{ destination: text, fate: 'told', reason: text, words: text }],
    received_at: '2030-01-31T12:00:00.000Z',
    ...more,
  };
}

export function aRecord(id: number, text: string, more: Partial<EventRecord> = {}): EventRecord {
  const time = '2030-01-31T12:00:00.009Z';
  const attempt = { id: 1, started_at: time, ended_at: time, outcome: 'sent', request: text, detail: text, size: 1 };
  return {
    ...aSummary(id, text),
    guid: text,
    origin: 'webhook',
    stored_at: time,
    expanded_at: time,
    secret_no: 1,
    replays: 0,
    suspect_of: null,
    settles_at: null,
    headers: { 'x-text': text },
    body_digest: text,
    body_bytes: 20,
    body: JSON.stringify({ text, list: [text], [`key ${text}`]: text }),
    trace: null,
    notifications: [
      {
        id: 1,
        destination: text,
        rule: text,
        state: 'sent',
        reason: text,
        tries: 1,
        merged_into: null,
        is_replay: false,
        not_before: null,
        settled_at: time,
        attempts: [attempt],
      },
    ],
    ...more,
  };
}

export function anExplanation(id: number, text: string): Explanation {
  const at = '2030-01-31T12:00:00.009Z';
  const check = { check: text, ok: true, wanted: text, actual: text, from: text };
  return {
    event_id: id,
    said: text,
    url: text,
    verdict: text,
    steps: [{ at, what: 'received', says: text, destination: text }],
    rules: [
      { rule: text, result: 'matched', to: [text], checks: [check] },
      { rule: text, result: 'no_match', to: [], checks: [{ ...check, ok: false }] },
    ],
    notes: [text],
    destinations: [{ destination: text, says: text }],
    commands: { explain: text, replay: text, curl: text },
  };
}

export function somePreviews(id: number, text: string): MessagePreviews {
  const runs = [{ text, bold: true, italic: true, struck: true, code: true, url: text }];
  const blocks: MessagePreviews['previews'][number]['blocks'] = [
    { kind: 'text', runs },
    { kind: 'quote', runs },
    { kind: 'small', runs },
    { kind: 'code', text },
    { kind: 'fields', fields: [{ name: text, value: runs }] },
    { kind: 'image', alt: text },
    { kind: 'link', label: text, url: text },
  ];
  const named = { destination: text, type: text, place: text, is_connected: true };
  const preview = { ...named, author: text, brief: text, color: text, blocks };
  return { event_id: id, previews: [preview], says: null };
}
