import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Config } from '../../../config/config.ts';
import type { LaneHead } from '../../../model/inbox/archive.ts';
import type { Standing } from '../../../model/listen/listen-context.ts';
import { listeningText } from '../../../model/listen/listening.ts';
import { checkListening } from './check-listening.ts';

const SINCE = Date.UTC(2026, 0, 15, 9, 30);
const config = { sources: [{ name: 'github' }, { name: 'workspace', listens: true }] } as unknown as Config;
const head = { eventId: null, receivedAt: null, notBefore: 0, broken: null, held: null };

async function found(owner: string | null, standing: Standing | null): Promise<string> {
  const heads: LaneHead[] = [
    { ...head, lane: 'expand', owner: 'me' },
    { ...head, lane: 'listen', owner },
  ];
  const recall = async (name: string) => {
    assert.equal(name, 'listening workspace');
    return standing && listeningText({ standing, since: SINCE });
  };
  const [finding, ...others] = await checkListening({ heads: async () => heads, recall }, config);
  assert.equal(others.length, 0);
  return `${finding?.status} ${finding?.name}: ${finding?.detail}`;
}

test('since when it is connected, or why it is not', async () => {
  const name = 'listening workspace';
  assert.equal(await found('me', { kind: 'connected' }), `ok ${name}: connected since 2026-01-15T09:30:00.000Z`);
  const reason = 'Slack says link_disabled';
  const since = `not connected since 2026-01-15T09:30:00.000Z: ${reason}`;
  assert.equal(await found('me', { kind: 'trying', reason }), `warn ${name}: ${since}`);
  assert.equal(await found('me', { kind: 'stopped', reason }), `fail ${name}: ${since}`);
  assert.equal(await found('me', null), `warn ${name}: not connected yet`);
});

test('what a worker said that has died counts no longer', async () => {
  assert.match(await found(null, { kind: 'connected' }), /^warn .* no worker runs/);
});

test('where nothing listens, nothing is asked', async () => {
  const never = () => Promise.reject(new Error('asked'));
  assert.deepEqual(await checkListening({ heads: never, recall: never }, { sources: [] }), []);
});
