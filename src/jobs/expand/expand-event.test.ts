import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anActivity } from '../../../tests/fixtures/activities.ts';
import type { StoredEvent } from '../../model/event.ts';
import type { Decision } from '../../model/rule.ts';
import { expansionOf } from './expand-event.ts';

const UNTOLD: Decision = { tell: [], trace: { kind: '', rules: [] }, reason: null, settleMs: 0, wantsPaths: false };

function wordsOf(handle: string | null, title: string) {
  const { subject } = anActivity();
  assert.ok(subject);
  const activity = anActivity({ subject: { ...subject, handle, title } });
  const event = { id: 12, source: 'github', receivedAt: 0, replays: 0, settled: null } as unknown as StoredEvent;
  return expansionOf({ event, activity, transition: null }, UNTOLD, () => ({})).searched?.text;
}

test('an event is called by its handle and its title, once where they are the same', () => {
  assert.equal(wordsOf('v1.2', 'Faster'), 'v1.2 Faster');
  assert.equal(wordsOf('v1.2', 'v1.2'), 'v1.2');
  assert.equal(wordsOf(null, 'Faster'), 'Faster');
});
