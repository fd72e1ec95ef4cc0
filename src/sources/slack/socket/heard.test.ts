import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { PAYLOADS } from '../../../../tests/fixtures/sources/slack-payloads.ts';
import { storedEvent } from '../../../../tests/golden/tell.ts';
import { anyPayload } from '../../../shared/any-payload.ts';
import type { Payload } from '../../../shared/payload.ts';
import { Secret } from '../../../shared/secret.ts';
import { SAMPLES } from '../samples/samples.ts';
import { signedHeaders } from '../sign.ts';
import { slackSource } from '../source.ts';
import { heardIn } from './heard.ts';

const NOW = 1_767_225_600_000;
const SECRET = new Secret('8f742231b10e8888abcd99yyyzzz85a5');
const NAMES = new Map([['U1', 'Mona']]);
const source = slackSource({ name: 'workspace', secrets: [SECRET], names: NAMES });

type Kind = 'events_api' | 'interactive' | 'slash_commands';

const PRESSED = {
  type: 'block_actions',
  user: { id: 'U1', name: 'mona', team_id: 'T1' },
  team: { id: 'T1', domain: 'acme' },
  api_app_id: 'A1',
  channel: { id: 'C1', name: 'general' },
  trigger_id: '1.2.a',
  response_url: 'https://hooks.slack.test/actions/T1/1/a',
  actions: [{ action_id: 'why', action_ts: '1767225600.000100', type: 'button', value: 'ntf & 12 + "é"' }],
};
const COMMAND = {
  command: '/tidings',
  text: 'why https://github.com/acme/api/pull/12?a=b&c=d+e',
  user_id: 'U1',
  user_name: 'mona',
  team_id: 'T1',
  channel_id: 'C1',
  channel_name: 'general',
  trigger_id: '1.2.c',
};

/** What Slack would post. */
function overHttp(kind: Kind, payload: Payload): string {
  if (kind === 'events_api') return JSON.stringify(payload);
  if (kind === 'interactive') return `payload=${encodeURIComponent(JSON.stringify(payload))}`;
  return Object.entries(payload)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join('&');
}

async function bothWays(kind: Kind, payload: Payload) {
  const bytes = Buffer.from(overHttp(kind, payload));
  const type = kind === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded';
  const headers = { ...signedHeaders(bytes, SECRET, NOW), 'content-type': type };
  const received = await source.receive({ method: 'POST', url: '/', headers, body: bytes, now: NOW });
  const heard = heardIn({ envelope_id: 'e1', type: kind, payload });
  assert(received.kind === 'event');
  assert.ok(heard);
  const known = ({ deliveryId, guid, type }: { deliveryId: string; guid: string; type: string }) => ({
    deliveryId,
    guid,
    type,
  });
  assert.equal(heard.headers['content-type'], type);
  const said = async (body: Buffer) => {
    const stored = { ...storedEvent(received.type, {}), ...known(received), source: 'workspace', body };
    return { told: await source.normalise(stored), payload: anyPayload(body) };
  };
  return [
    { ...known(received), ...(await said(bytes)) },
    { ...known(heard), ...(await said(heard.body)) },
  ] as const;
}

const EVENTS: readonly (readonly [string, Payload])[] = [
  ...SAMPLES.names().map((name, n) => [name, SAMPLES.make(name, n, NOW)?.payload ?? {}] as const),
  ...PAYLOADS.map(({ pair, payload }) => [pair, payload] as const),
];

function kindOf(payload: Payload): Kind {
  if ('command' in payload) return 'slash_commands';
  return 'trigger_id' in payload || 'actions' in payload ? 'interactive' : 'events_api';
}

test('whatever comes by Socket Mode is the event that would have come by HTTP: its id, its type, what is said of it, its payload', async () => {
  const all = [...EVENTS, ['a button', PRESSED] as const, ['a command', COMMAND] as const];
  const kinds = new Set<Kind>();
  for (const [name, payload] of all) {
    const kind = kindOf(payload);
    kinds.add(kind);
    const [http, socket] = await bothWays(kind, payload);
    // What has no id of Slack's is known by its bytes there, and by its envelope here.
    const ids = http.deliveryId.length < 64 ? {} : { deliveryId: 'e1', guid: 'e1' };
    assert.deepEqual(socket, { ...http, ...ids }, name);
  }
  assert.ok(all.length > 50, `${all.length} payloads`);
  assert.deepEqual(kinds, new Set<Kind>(['events_api', 'interactive', 'slash_commands']));
});

test('an envelope of its own with the same event is the same event; what was tried before says so', () => {
  const payload = { type: 'event_callback', event_id: 'Ev1', event: { type: 'app_mention' } };
  const first = heardIn({ envelope_id: 'e1', type: 'events_api', payload });
  const again = heardIn({ envelope_id: 'e2', type: 'events_api', payload, retry_attempt: 2, retry_reason: 'timeout' });
  assert.equal(again?.deliveryId, first?.deliveryId);
  assert.deepEqual(again?.headers, {
    'content-type': 'application/json',
    'x-slack-retry-num': '2',
    'x-slack-retry-reason': 'timeout',
  });
});

const NOTHING: Readonly<Record<string, Payload>> = {
  'no type': { payload: {} },
  'a type that nobody knows': { type: 'toString', payload: {} },
  'no payload': { type: 'events_api' },
  'a payload that is a list': { type: 'events_api', payload: [] },
  'an event without a type': { type: 'events_api', payload: { event_id: 'Ev1' } },
  'a command that is none': { type: 'slash_commands', payload: { text: 'x' } },
  'a question about the certificate': { type: 'slash_commands', payload: { ssl_check: '1' } },
  'a command that smuggles in an interaction without a type': { type: 'slash_commands', payload: { payload: '{}' } },
};

for (const [name, envelope] of Object.entries(NOTHING)) {
  test(`${name} is nothing that is kept`, () => {
    assert.equal(heardIn({ envelope_id: 'e1', ...envelope }), null);
  });
}

test('whatever an envelope holds, it is kept or left out, and never throws', () => {
  const some = fc.oneof(fc.constantFrom('events_api', 'interactive', 'slash_commands'), fc.string());
  fc.assert(
    fc.property(some, fc.jsonValue(), fc.jsonValue(), (type, payload, id) => {
      const heard = heardIn({ envelope_id: id, type, payload });
      if (heard !== null) assert.ok(heard.deliveryId !== '' && heard.type !== '');
    }),
  );
});
