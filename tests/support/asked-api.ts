import { createApi } from '../../src/http/api.ts';
import type { ApiDeps, ApiStore } from '../../src/http/api-deps.ts';
import type { EventRecord, EventSummary } from '../../src/model/inbox/records.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { createLog } from '../../src/shared/log.ts';
import { Secret } from '../../src/shared/secret.ts';

export const SUMMARY: EventSummary = {
  id: 7,
  source: 'github',
  type: 'star',
  action: 'created',
  deliveryId: 'hook/guid',
  origin: 'webhook',
  repo: 'acme/api',
  actor: 'mona',
  about: '#12 Uploads fail on Safari',
  state: 'skipped',
  reason: 'no rule',
  fates: [],
  receivedAt: Date.UTC(2030, 0, 1),
};
const RECORD: EventRecord = {
  ...SUMMARY,
  guid: 'guid',
  headers: { 'x-github-event': 'star' },
  body: Buffer.from('{"a":"ä"}'),
  bodySize: 10,
  bodyDigest: 'ab',
  storedAt: Date.UTC(2030, 0, 1),
  expandedAt: null,
  secretNo: 1,
  replays: 0,
  suspectOf: null,
  settlesAt: null,
  trace: null,
  notifications: [],
};

export function archive(over: Partial<ApiStore> = {}): ApiStore {
  return {
    list: async () => [SUMMARY],
    show: async (id) => (id === 7 ? RECORD : null),
    eventOf: async () => null,
    known: async () => new Set(),
    replay: async () => [],
    bodiless: async () => [],
    depths: async () => [],
    heads: async () => [],
    untold: async () => [],
    causes: async () => [],
    dismiss: async () => ({ count: 0, ids: [] }),
    drain: async () => 0,
    check: async () => ({ engine: 'sqlite', schemaVersion: 3, lastEventId: 12 }),
    noteAudited: async () => undefined,
    audited: async () => [],
    counts: async () => [],
    openSession: async () => true,
    session: async () => null,
    endSession: async () => undefined,
    recall: async () => null,
    remember: async () => undefined,
    exchange: async () => true,
    hold: async () => true,
    resume: async () => ({ wasBroken: false, held: null }),
    onWake: () => () => undefined,
    ...over,
  };
}

export function apiDeps(over: Partial<ApiDeps> = {}): ApiDeps {
  return {
    archive: archive(),
    system: null,
    dashboard: null,
    metrics: { text: async () => ({ contentType: 'text/plain; version=0.0.4', body: 'tidings_x 1\n' }) },
    adminToken: () => new Secret('let me in'.replaceAll(' ', '-')),
    worker: () => null,
    schemaVersion: 3,
    configuration: () => '3 rules, loaded 2030-01-01T00:00:00.000Z',
    access: () => 'open to this machine',
    version: '1.2.3',
    invocation: 'tidings',
    sources: ['github'],
    publicUrl: null,
    loopbackOpen: true,
    clock: systemClock,
    log: createLog('silent'),
    ...over,
  };
}

/** Asks as somebody at this machine does, unless told otherwise. */
export function asking(over: Partial<ApiDeps> = {}) {
  const app = createApi(apiDeps(over));
  return async (path: string, headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') => {
    const incoming = { socket: { remoteAddress }, headers: { host: 'localhost:3000', ...headers } };
    const response = await app.request(`http://localhost:3000${path}`, { headers }, { incoming });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
