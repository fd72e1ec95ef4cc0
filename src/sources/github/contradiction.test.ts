import assert from 'node:assert/strict';
import { test } from 'node:test';
import { githubExamples } from '../../../tests/fixtures/github-examples.ts';
import { written } from '../../../tests/golden/payloads.ts';
import { tried } from '../../../tests/support/long-form.ts';
import type { StoredEvent } from '../../model/event.ts';
import { isObject, type Payload } from '../../shared/payload.ts';
import { contradiction } from './contradiction.ts';
import { normalise } from './normalise.ts';
import { sample, sampleNames } from './samples/sample.ts';
import { SHAPES } from './shapes.ts';

function event(type: string, payload: unknown): StoredEvent {
  const body = payload instanceof Buffer ? payload : Buffer.from(JSON.stringify(payload));
  const ids = { id: 1, origin: 'webhook', source: 'github', deliveryId: '1:g', guid: 'g', type } as const;
  return { ...ids, headers: {}, body, receivedAt: 0, storedAt: 0, replays: 0, settled: null };
}

const payloads = [
  ...githubExamples(),
  ...written(),
  ...sampleNames().flatMap((name) => sample(name, { n: 1, now: 0 }) ?? []),
];

test('no payload that GitHub sends contradicts its own type', (t) => {
  tried(t, payloads.length, 'payloads');
  for (const { type, payload } of payloads) assert.equal(contradiction(type, asPayload(payload)), null, type);
});

test('as any other type, known or invented, each payload is held, or not announced at all', (t) => {
  const types = [...SHAPES.keys(), 'secret_found'];
  const open: string[] = [];
  const pairs = new Map(
    payloads.map(({ type, payload }) => [`${type}.${String(payload['action'])}`, { type, payload }]),
  );
  tried(t, pairs.size * (types.length - 1), 'payloads under the type of another');
  for (const { type, payload } of pairs.values()) {
    const body = Buffer.from(JSON.stringify(payload));
    for (const claimed of types) {
      const forged = event(claimed, body);
      if (claimed !== type && isAnnounced(forged)) open.push(`${type} as ${claimed}`);
    }
  }
  assert.deepEqual(open, []);
});

test('an event newer than this program, and an older form of a known one, contradict nothing', () => {
  const repository = { full_name: 'acme/api' };
  assert.equal(contradiction('agent_task', { action: 'created', agent_task: {}, repository }), null);
  assert.equal(contradiction('issue_voted', { action: 'created', issue: {}, vote: {}, repository }), null);
  assert.equal(contradiction('deployment', { deployment: {}, repository }), null);
  assert.equal(contradiction('star', { action: 'created', repository }), null);
  assert.equal(contradiction('fork', { repository }), null);
  assert.equal(contradiction('create', { ref: 'v1', ref_type: 'tag', repository }), null);
  assert.equal(contradiction('check_run', { action: 'completed', check_run: {}, pull_request: {} }), null);
});

test('what it says names both types', () => {
  const made = sample('pull_request.opened', { n: 1, now: 0 });
  assert.equal(
    contradiction('star', asPayload(made?.payload)),
    'it came as star, which is not signed, with the payload of pull_request',
  );
});

function asPayload(value: unknown): Payload {
  assert(isObject(value));
  return value;
}

function isAnnounced(forged: StoredEvent): boolean {
  try {
    return normalise(forged).kind === 'activity';
  } catch {
    return false;
  }
}
